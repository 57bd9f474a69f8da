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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/coverage.md` and `docs/coverage-engine.md` name tests that exist, and have every row of their checklists.
class CoveragePageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"docs/coverage.md", "docs/coverage-engine.md"})
    void everyTestOfThePageExists(String page) throws IOException {
        List<String> named = Files.readAllLines(ROOT.resolve(page)).stream()
                .flatMap(line -> TEST.matcher(line).results().map((MatchResult found) -> found.group(1)))
                .toList();
        assertThat(named).isNotEmpty();
        assertThat(tests()).containsAll(named);
    }

    @ParameterizedTest
    @CsvSource({"docs/coverage.md, 106", "docs/coverage-engine.md, 48"})
    void everyRowIsThereAndSaysHowItIsSeenOrThatItIsMissing(String page, int count) throws IOException {
        List<String[]> rows = Files.readAllLines(ROOT.resolve(page)).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split("\\|", -1))
                .toList();
        assertThat(rows.stream().map(cells -> cells[1].strip()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
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
