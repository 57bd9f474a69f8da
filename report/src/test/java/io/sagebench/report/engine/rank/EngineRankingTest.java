package io.sagebench.report.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.engine.EngineMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineRankingTest {
    private static MeasuredRun run(String label, String workload, Map<String, Double> figures) {
        var values = new LinkedHashMap<>(Map.of("total_requests", 5.0, "successful_requests", 5.0, "failed_requests", 0.0));
        values.putAll(figures);
        return new MeasuredRun(
                label, Optional.of("m"), Optional.of("vllm"), false, workload, new EngineMetrics(values, List.of(), Map.of(), List.of()), Optional.empty());
    }

    private static MeasuredRun run(String label, double ttft, double throughput) {
        return run(label, "short", Map.of("avg_ttft_ms", ttft, "output_throughput_tps", throughput));
    }

    private static List<String> order(RankBy by, MeasuredRun... runs) {
        return Ranking.of(List.of(runs), by).workloads().values().iterator().next().stream()
                .map(place -> (place.rank().isPresent() ? place.rank().getAsInt() + " " : "- ") + place.run().label())
                .toList();
    }

    @Test
    void theLowestLatencyWins() {
        assertThat(order(RankBy.TTFT, run("slow", 90, 10), run("fast", 10, 20), run("middle", 50, 30)))
                .containsExactly("1 fast", "2 middle", "3 slow");
        assertThat(List.of(RankBy.TTFT, RankBy.TBT, RankBy.LATENCY_P99)).allMatch(RankBy::isLowerBetter);
    }

    @Test
    void theHighestThroughputWins() {
        assertThat(order(RankBy.THROUGHPUT, run("slow", 90, 10), run("fast", 10, 20), run("most", 50, 30)))
                .containsExactly("1 most", "2 fast", "3 slow");
    }

    @Test
    void equalsShareARank() {
        assertThat(order(RankBy.TTFT, run("a", 10, 1), run("b", 10, 1), run("c", 11, 1))).containsExactly("1 a", "1 b", "3 c");
    }

    @Test
    void whatFailedOrWasNotMeasuredHasNoRank() {
        MeasuredRun dead = run("dead", "short", Map.of("successful_requests", 0.0, "avg_ttft_ms", 1.0));
        MeasuredRun zero = run("zero", "short", Map.of("avg_ttft_ms", 0.0));
        MeasuredRun without = run("without", "short", Map.of());
        MeasuredRun good = run("good", 10, 1);
        MeasuredRun found = new MeasuredRun(
                "failed", Optional.empty(), Optional.empty(), false, "short", good.metrics(), Optional.of("its answers are empty"));
        assertThat(order(RankBy.TTFT, dead, zero, without, found, good)).containsExactly("1 good", "- dead", "- zero", "- without", "- failed");
        assertThat(dead.unranked(RankBy.TTFT)).contains("no request succeeded");
        assertThat(zero.unranked(RankBy.TTFT)).contains("avg_ttft_ms was not measured");
    }

    @Test
    void workloadsAreRankedApart() {
        Ranking ranking = Ranking.of(
                List.of(run("a", "short", Map.of("avg_ttft_ms", 10.0)), run("a", "long", Map.of("avg_ttft_ms", 90.0))), RankBy.TTFT);
        assertThat(ranking.workloads()).containsOnlyKeys("short", "long");
        assertThat(ranking.workloads().values()).allSatisfy(places -> assertThat(places.getFirst().rank()).hasValue(1));
    }

    @Test
    void nothingOfTheResultsIsMarkup() {
        String evil = "<script>alert('1')</script>\"&";
        var row = new MeasuredRun(evil, Optional.of(evil), Optional.of(evil), true, evil, run("x", 1, 1).metrics(), Optional.of(evil));
        String page = RankingHtml.text(evil, Ranking.of(List.of(row), RankBy.TTFT));
        assertThat(page).doesNotContain("<script>alert").doesNotContain("'1'").contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;");
    }

    @Test
    void thePageNeedsNothingElseAndMarksSimulatedRuns() {
        var mock = new MeasuredRun(
                "mine", Optional.empty(), Optional.of("mock"), true, "short", run("x", 12.5, 1).metrics(), Optional.empty());
        String page = RankingHtml.text("T", Ranking.of(List.of(mock), RankBy.TTFT));
        assertThat(page)
                .contains("<td class=\"text\" data-v=\"mock (simulated)\">mock (simulated)</td>")
                .contains("<td data-v=\"12.5\">12.50</td>")
                .contains("<td data-v=\"1.0\">1</td>")
                .contains("less is better")
                .contains("default-src 'none'")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain(" src=");
    }

    @Test
    void aComparisonIsReadAndItsDeadEngineKeptOffTheRanks() {
        String text = """
                {"kind": "compare", "targets": [
                  {"label": "a", "url": "http://a:1", "model": "m", "ok": true, "failure": null,
                   "rows": [{"scenario": "b1", "total_requests": 2, "successful_requests": 2, "avg_ttft_ms": 20.0}]},
                  {"label": "b", "url": "mock", "model": "m", "ok": false, "failure": "b1: 1 of 2 requests failed",
                   "rows": [{"scenario": "b1", "total_requests": 2, "successful_requests": 1, "avg_ttft_ms": 1.0}]},
                  {"label": "c", "url": "http://c:1", "model": "", "ok": false, "failure": "not reached", "rows": []}]}
                """;
        assertThat(MeasuredRuns.read(text, "cmp", "x")).isInstanceOfSatisfying(MeasuredRuns.Reading.Found.class, found -> {
            assertThat(order(RankBy.TTFT, found.runs().toArray(MeasuredRun[]::new))).containsExactly("1 cmp: a", "- cmp: b", "- cmp: c");
            assertThat(found.runs()).extracting(MeasuredRun::simulated).containsExactly(false, true, false);
        });
        assertThat(MeasuredRuns.read("{\"entries\": []}", "l", "x")).isInstanceOf(MeasuredRuns.Reading.Other.class);
        assertThat(MeasuredRuns.read("{", "l", "x")).isInstanceOf(MeasuredRuns.Reading.Invalid.class);
    }
}
