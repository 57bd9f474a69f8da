package io.sagebench.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.view.Verdict.Caution;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final String TOLD = significance("attainment", "worse");

    @TempDir
    private Path folder = Path.of("");

    private static String significance(String figure, String verdict) {
        return "\"significance\": {\"" + figure + "\": {\"best\": \"a\", \"against\": {\"b\": {\"verdict\": \"" + verdict + "\"}}}}";
    }

    private Verdict of(String text) {
        return Verdict.of(ViewFiles.of(folder, text));
    }

    private static String benchmark(String policies, String rest) {
        return "{\"version\": \"2.0\", \"config\": {\"request_rate\": 20}, \"policy_results\": {" + policies + "}" + rest + "}";
    }

    private static String policy(String name, double attainment, double p99) {
        return "\"" + name + "\": {\"metrics\": " + ViewFiles.metrics(100, 100, attainment, p99, 5) + ", \"raw_results\": []}";
    }

    @Test
    void namesThePolicyThatKeepsMostPromises() {
        Verdict verdict = of(ViewFiles.comparison(TOLD));
        assertThat(verdict.sentence()).isEqualTo("At 20 requests/s, a keeps the most promises: 90.0 % of all requests met their SLO.");
        assertThat(verdict.why())
                .contains(
                        "That is 30 points more than with the next, b (60.0 %), and more than chance explains at 95 % confidence.",
                        "Requests wait 20 ms on average before an engine takes them; with b, 90 ms.",
                        "It completed 19.5 requests/s of the 20 that were sent; 33.3 % of all requests did not complete.",
                        "End-to-end latency: median 100 ms, p99 400 ms; time to first token: median 20 ms, p99 40 ms.");
    }

    @Test
    void saysWhenTheDifferenceWasNotTested() {
        assertThat(of(ViewFiles.comparison("")).why())
                .contains("That is 30 points more than with the next, b (60.0 %), but whether by more than chance was not tested.");
    }

    @Test
    void thoseThatCannotBeToldApartAreComparedByLatency() {
        String apart = ", \"summary\": {" + significance("attainment", "unknown") + "}";
        assertThat(of(benchmark(policy("a", 0.9, 400) + "," + policy("b", 0.89, 300), apart)).sentence())
                .isEqualTo("At 20 requests/s, no policy can be preferred: a and b cannot be told apart by the share of requests that met their SLO"
                        + " (89.0 % to 90.0 %).");
        String faster = ", \"summary\": {" + significance("p99_e2e", "worse") + "}";
        assertThat(of(benchmark(policy("a", 1, 200) + "," + policy("b", 1, 300), faster)).sentence())
                .isEqualTo("At 20 requests/s, a answers soonest among the policies that keep the most promises: p99 200 ms.");
        assertThat(of(benchmark(policy("a", 1, 200) + "," + policy("b", 1, 300), "")).sentence())
                .isEqualTo("At 20 requests/s, no policy can be preferred: 100.0 % of requests met their SLO with every policy.");
    }

    @Test
    void severalThatLeadAreNamedBeforeThoseThatDoNot() {
        String tested = ", \"summary\": {\"significance\": {\"attainment\": {\"best\": \"a\", \"against\": {"
                + "\"b\": {\"verdict\": \"unknown\"}, \"c\": {\"verdict\": \"worse\"}}}}}";
        Verdict verdict = of(benchmark(policy("c", 0.5, 100) + "," + policy("a", 0.9, 400) + "," + policy("b", 0.88, 300), tested));
        assertThat(verdict.sentence())
                .isEqualTo("At 20 requests/s, a and b keep the most promises, and cannot be told apart: 88.0 % to 90.0 % of all requests met their SLO.");
        assertThat(verdict.why()).startsWith("The next, c, has 50.0 %.");
    }

    @Test
    void onePolicyIsDescribedAndNotCompared() {
        assertThat(of(benchmark(policy("fifo", 0.75, 300), "")).sentence())
                .isEqualTo("fifo completed 19.5 requests/s of the 20 that were sent, and 75.0 % of all requests met their SLO.");
    }

    @Test
    void nobodyIsBestWhereNothingSucceeded() {
        String failed = "\"fifo\": {\"metrics\": {\"request_counts\": {\"total\": 5, \"completed\": 0},"
                + " \"errors\": {\"by_reason\": {\"rejected 503: full\": 5}}}, \"raw_results\": []}";
        Verdict verdict = of(benchmark(failed, ""));
        assertThat(verdict.sentence()).isEqualTo("No request succeeded.");
        assertThat(verdict.why()).containsExactly("With fifo, most often: rejected 503: full.");
        assertThat(verdict.cautions())
                .contains(new Caution(false, "Requests that did not complete: fifo 5 of 5; most often: rejected 503: full."));
        assertThat(of("{\"policy_results\": {}}").sentence()).isEqualTo("Nothing was measured.");
    }

    @Test
    void whatMayMisleadComesFirst() {
        Verdict verdict = of("""
                {"version": "2.0", "run": {"interrupted": true}, "target": {"kind": "simulated"}, "policy_results": {
                  "a": {"metrics": {"validity": {"verdict": "client_limited", "reasons": ["send lag p99 80 ms"], "notes": ["blind to types"]},
                                    "steady": {"verdict": "never_steady"}},
                        "raw_results": [], "degraded": "groups requests by model only", "gpu_metrics": {"synthetic": true}},
                  "c": {"not_run": "needs texts to embed"}}}
                """);
        assertThat(verdict.cautions().stream().filter(Caution::serious).map(Caution::text))
                .containsExactly(
                        "Interrupted: what was in flight counts as cancelled, and the last policy has fewer requests than asked for.",
                        "Client limited: the load generator did not keep its schedule under a: send lag p99 80 ms. Latencies may be its own.",
                        "a groups requests by model only.",
                        "The GPU figures of a are synthetic: made up for demonstration, not measured.");
        assertThat(verdict.cautions().stream().filter(caution -> !caution.serious()).map(Caution::text))
                .containsExactly(
                        "Simulated: engines and time are computed; no server was measured.",
                        "c was not run: it needs texts to embed.",
                        "a was never steady: latencies went on to change to the end of the run, and depend on its length.",
                        "Blind to types.");
    }

    @Test
    void aSweepNamesWhoServesTheHighestRate() {
        String rates = "{\"throughput_vs_rate\": {\"a\": [], \"b\": []}, \"knee\": {\"a\": {\"rate\": 50, \"is_highest_rate\": false}, \"b\": %s}}";
        assertThat(of(rates.formatted("{\"rate\": 20, \"is_highest_rate\": false}")).sentence())
                .isEqualTo("a serves the highest rate: up to 50 requests/s.");
        assertThat(of(rates.formatted("{\"rate\": 50, \"is_highest_rate\": true}")).sentence())
                .isEqualTo("The rates do not reach the limit: at 50 requests/s, the highest tried, every policy still serves.");
        assertThat(of("{\"throughput_vs_rate\": {\"a\": []}, \"knee\": {\"a\": null}}").sentence()).isEqualTo("None of the rates is served.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    throughput | "best_policy": "a", "max_throughput": 158.4 | The highest throughput is 158 requests/s, with a.
                    latency | "best_policy_p50": "a", "lowest_p50": 12.5, "best_policy_p99": null | The lowest median is 13 ms, with a; there are too few requests for a 99th percentile.
                    slo | "best_policy_overall": "a", "best_policy_overall_tied": ["a", "b"], "highest_compliance": 0.5 | Most requests met their SLO, over all loads, with a and b alike: at best 50.0 %.
                    capacity | "best_policy": "a", "highest_capacity": 99.5, "slo_target": 0.99 | The highest rate at which 99.0 % of requests met their SLO is 99.5 requests/s, with a.
                    cost | "cheapest_meeting_slo": null | The experiment names no best policy.
                    """,
            quoteCharacter = '~')
    void anExperimentSaysWhatItFound(String type, String summary, String sentence) {
        assertThat(of("{\"experiment_type\": \"" + type + "\", \"results\": [], \"summary\": {" + summary + "}}").sentence()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0000329, 0.0000329", "0.805, 0.805", "19.46, 19.5", "99.96, 100.0", "1234.5, '1,235'", "-3.14159, -3.1"})
    void smallNumbersNeverReadAsNothing(double value, String text) {
        assertThat(Say.number(value)).isEqualTo(text);
    }
}
