package io.sagebench.report.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.compare.EngineDifference.Verdict;
import io.sagebench.report.html.HtmlReport;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.ViewFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineComparisonTest {
    private static EngineMetrics metrics(double ttft, long good, long all, long tokens) {
        return new EngineMetrics(
                Map.of(
                        "avg_ttft_ms", ttft,
                        "avg_throughput_tps", good == 0 ? 0.0 : 1000 / ttft,
                        "successful_requests", (double) good,
                        "total_requests", (double) all,
                        "total_output_tokens", (double) tokens),
                good == 0 ? List.of("avg_ttft_ms", "avg_throughput_tps") : List.of(),
                Map.of(),
                List.of());
    }

    @TempDir
    private Path folder = Path.of("");

    private static TargetResult engine(String label, double... ttft) {
        var repeats = Arrays.stream(ttft).mapToObj(each -> metrics(each, 4, 4, 512)).toList();
        double mean = Arrays.stream(ttft).average().orElseThrow();
        return new TargetResult(
                label,
                "http://" + label,
                "m",
                new EngineSummary(
                        Map.of("short_b4", metrics(mean, 4L * ttft.length, 4L * ttft.length, 512L * ttft.length)),
                        Map.of("short_b4", repeats),
                        Optional.empty()),
                Optional.empty());
    }

    private static TargetResult dead(String label) {
        return new TargetResult(
                label,
                "http://" + label,
                "m",
                new EngineSummary(Map.of("short_b4", metrics(0, 0, 20, 0)), Map.of(), Optional.empty()),
                Optional.empty());
    }

    private static EngineDifference ttft(EngineComparison comparison, String label) {
        return comparison.differences().getOrDefault(label, List.of()).stream()
                .filter(each -> each.field().key().equals("avg_ttft_ms"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pairsRoundsSoThatWhatMakesARoundSlowForBothDoesNotHideADifference() {
        var comparison = new EngineComparison(
                List.of(engine("a", 100, 200, 150, 120, 180), engine("b", 111, 219, 166, 131.5, 199)), 5);
        EngineDifference found = ttft(comparison, "b");

        assertThat(found.worsening().getAsDouble()).isCloseTo(165.3 / 150 - 1, within(1e-9));
        assertThat(found.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(found.interval()).hasValueSatisfying(interval -> assertThat(interval.contains(0.10)).isTrue());
    }

    @Test
    void findsNothingBetweenEquals() {
        var comparison = new EngineComparison(
                List.of(engine("a", 100, 101, 99, 102, 98), engine("b", 101, 99, 100, 98, 102)), 5);

        assertThat(ttft(comparison, "b").verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(new ComparisonText(comparison).lines(200)).contains("b: no difference from the baseline that is more than chance");
    }

    @Test
    void aDeadEngineIsAFailureAndNeverTheFastest() {
        var comparison = new EngineComparison(List.of(engine("a", 100, 100, 100), dead("b")), 3);

        assertThat(comparison.failed()).extracting(TargetResult::label).containsExactly("b");
        assertThat(comparison.differences()).isEmpty();
        assertThat(new ComparisonText(comparison).lines(200))
                .contains("b: FAILED, short_b4: 20 of 20 requests failed")
                .anyMatch(line -> line.startsWith("| short_b4 | b      | 0/20  | -"));
        assertThat(ComparisonJson.text(comparison, List.of(4)))
                .contains("\"ok\" : false")
                .contains("\"failure\" : \"short_b4: 20 of 20 requests failed\"");
    }

    @Test
    void withADeadBaselineNothingIsCompared() {
        var comparison = new EngineComparison(List.of(dead("a"), engine("b", 1, 1, 1)), 3);

        assertThat(comparison.differences()).isEmpty();
        assertThat(new ComparisonText(comparison).markdown()).contains("- b: measured; there is no baseline, since a failed");
    }

    @Test
    void anEngineThatAnswersNothingFails() {
        var silent = new TargetResult(
                "b",
                "http://b",
                "m",
                new EngineSummary(Map.of("short_b4", metrics(5, 4, 4, 0)), Map.of(), Optional.empty()),
                Optional.empty());

        assertThat(new EngineComparison(List.of(engine("a", 1, 1, 1), silent), 3).failed().getFirst().failure())
                .contains("short_b4: its answers are empty");
    }

    @Test
    void differentModelsAndLengthsAreSaid() {
        TargetResult other = engine("b", 100, 100);
        var renamed = new TargetResult("b", "http://b", "another", other.summary(), Optional.empty());

        assertThat(new EngineComparison(List.of(engine("a", 100, 100, 100), renamed), 2).notes())
                .containsExactly(
                        "b answered with the model another, a with m: these are not the same work",
                        "short_b4: b gave 1024 output tokens, a 1536: compare the time per token, not the time per request",
                        "with fewer than 3 rounds nothing tells a difference from chance: use --repeats 5");
    }

    @Test
    void documentedMembersAreThere() {
        String json = ComparisonJson.text(new EngineComparison(List.of(engine("a", 100, 100, 100), engine("b", 90, 90, 90)), 3), List.of(4));

        assertThat(json)
                .contains("\"kind\" : \"compare\"")
                .contains("\"baseline\" : \"a\"")
                .contains("\"avg_ttft_ms\" : 90.0")
                .contains("\"ttft_ms\" : -10.0");
    }

    @Test
    void hasAPageThatSaysWhatItDoesNotKnow() {
        var comparison = new EngineComparison(List.of(engine("a", 100, 200, 150, 120, 180), engine("<b>", 111, 219, 166, 131.5, 199), dead("c")), 5);
        ResultsView view = ViewFiles.of(folder, ComparisonJson.text(comparison, List.of(4)));

        assertThat(view.kind()).isEqualTo(ResultsView.Kind.ENGINE_COMPARISON);
        assertThat(HtmlReport.of(view, ChartBook.of(view)).text())
                .contains("3 engines side by side", "&lt;b&gt;", "150 ms", "What differs", "worse", "short_b4: 20 of 20 requests failed")
                .doesNotContain(">0.0 ms<");
    }

    @Test
    void labelsAreTextInMarkdown() {
        assertThat(new ComparisonText(new EngineComparison(List.of(engine("a|<b>", 1, 1, 1), engine("`b`", 1, 1, 1)), 3)).markdown())
                .contains("| short_b4 | a\\|&lt;b> | 12/12 |")
                .contains("\\`b\\`");
    }
}
