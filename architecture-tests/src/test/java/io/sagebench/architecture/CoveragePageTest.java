package io.sagebench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/coverage.md` names tests that exist, and has every row of the checklist.
class CoveragePageTest {
    private static final int ROWS = 106;
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Path ROOT = Path.of("..");

    @Test
    void everyTestOfThePageExists() throws IOException {
        List<String> named = Files.readAllLines(ROOT.resolve("docs/coverage.md")).stream()
                .flatMap(line -> TEST.matcher(line).results().map((MatchResult found) -> found.group(1)))
                .toList();
        assertThat(named).isNotEmpty();
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyRowIsThereAndSaysHowItIsSeenOrThatItIsMissing() throws IOException {
        List<String[]> rows = Files.readAllLines(ROOT.resolve("docs/coverage.md")).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split("\\|", -1))
                .toList();
        assertThat(rows.stream().map(cells -> cells[1].strip()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).mapToObj(Integer::toString).toList());
        assertThat(rows).allSatisfy(cells -> {
            assertThat(cells[3]).isNotBlank();
            assertThat(cells[4].isBlank()).as("row" + cells[1] + "has a test unless it is missing").isEqualTo(cells[3].strip().startsWith("not yet"));
        });
    }

    private static Set<String> tests() throws IOException {
        var names = new TreeSet<String>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Test.java"))
                            .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
                }
            }
        }
        return names;
    }
}
