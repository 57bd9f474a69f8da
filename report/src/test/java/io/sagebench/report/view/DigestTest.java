package io.sagebench.report.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.markdown.MarkdownReport;
import io.sagebench.report.terminal.LatencyLines;
import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.report.terminal.TerminalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A results file in words, against files that were looked at. To write those anew: `REWRITE_REFERENCE=1`.
class DigestTest {
    private static final Path PLACE = Path.of("src/test/resources/io/sagebench/report/view");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"digest.md", "digest.txt", "digest-narrow.txt"})
    void readsAsItWasLookedAt(String name) throws IOException {
        ResultsView view = ViewFiles.of(folder, ViewFiles.comparison(""));
        String text =
                switch (name) {
                    case "digest.md" -> MarkdownReport.text(view, List.of(new Digest.Picture("Latency", "charts_x/latency_cdf.png")));
                    case "digest.txt" -> terminal(view, new TerminalStyle(100, false));
                    default -> terminal(view, new TerminalStyle(40, false));
                };
        if (System.getenv("REWRITE_REFERENCE") != null) {
            Files.createDirectories(PLACE);
            Files.writeString(PLACE.resolve(name), text);
            return;
        }
        try (var expected = requireNonNull(DigestTest.class.getResourceAsStream(name))) {
            assertThat(text).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String terminal(ResultsView view, TerminalStyle style) {
        var text = new TerminalText(style);
        Digest.write(view, List.of(), text);
        return (text.done() + System.lineSeparator() + String.join(System.lineSeparator(), LatencyLines.of(view, style)) + System.lineSeparator())
                .replace(System.lineSeparator(), "\n");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        ResultsView view = ViewFiles.of(folder, ViewFiles.comparison(""));
        for (int width : new int[] {40, 60, 80, 120}) {
            assertThat(terminal(view, new TerminalStyle(width, false)).lines().filter(line -> !line.startsWith("  ")))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void namesMeanNothingInMarkdown() {
        String name = "<script>alert(1)</script>|`*a*`[x](y)";
        String hostile = ViewFiles.comparison("").replace("\"a\":", "\"" + name + "\":").replace("\"policy\": \"a\"", "\"policy\": \"" + name + "\"");
        String text = MarkdownReport.text(ViewFiles.of(folder, hostile), List.of());
        assertThat(text).doesNotContain("<script").contains("&lt;script&gt;alert(1)&lt;/script&gt;\\|\\`\\*a\\*\\`\\[x\\](y)");
        String table = text.lines().filter(line -> line.startsWith("| &lt;script")).findFirst().orElseThrow();
        assertThat(table.replace("\\|", "").chars().filter(c -> c == '|').count())
                .isEqualTo(text.lines().filter(line -> line.startsWith("| Policy")).findFirst().orElseThrow().chars().filter(c -> c == '|').count());
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        String hostile = ViewFiles.comparison("").replace("\"description\": \"3 engines\"", "\"description\": \"\\u001b[31mred\\u0007\"");
        assertThat(terminal(ViewFiles.of(folder, hostile), new TerminalStyle(100, false))).doesNotContain("\u001b", "\u0007").contains("[31mred");
    }

    @Test
    void barsStandForTheShareOfRequestsOverOneScale() {
        ResultsView view = ViewFiles.of(folder, ViewFiles.comparison(""));
        assertThat(LatencyLines.of(view, new TerminalStyle(15, false)))
                .endsWith("a      \u2588      \u2588");
        assertThat(LatencyLines.of(view, new TerminalStyle(8, false))).isEmpty();
    }
}
