package io.sagebench.report.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineRunInfo;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.gate.EngineChange.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EngineRegressionTest {
    private static final RegressionRule TTFT = new RegressionRule(0.05, 0.10, List.of("avg_ttft_ms"), Set.of());

    private static EngineMetrics metrics(String figure, double value) {
        return new EngineMetrics(
                Map.of("total_requests", 5.0, "successful_requests", 5.0, "requested_output_tokens", 640.0, figure, value),
                List.of(),
                Map.of(),
                List.of());
    }

    private static EngineSummary once(String figure, double value) {
        return new EngineSummary(Map.of("short_input", metrics(figure, value)), Map.of(), Optional.empty());
    }

    private static EngineSummary repeated(String figure, double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        var repeats = Arrays.stream(values).mapToObj(value -> metrics(figure, value)).toList();
        return new EngineSummary(Map.of("short_input", metrics(figure, mean)), Map.of("short_input", repeats), Optional.empty());
    }

    private static EngineChange only(EngineSummary before, EngineSummary after, RegressionRule rule) {
        EngineRegression regression = EngineRegression.between(before, after, rule);
        assertThat(regression.changes()).hasSize(1);
        return regression.changes().getFirst();
    }

    private static Verdict of(String figure, double before, double after) {
        return only(once(figure, before), once(figure, after), new RegressionRule(0.05, 0.10, List.of(figure), Set.of())).verdict();
    }

    @Test
    void fivePercentIsAllowedTenIsAWarningMoreIsCritical() {
        assertThat(of("avg_ttft_ms", 100, 105)).isEqualTo(Verdict.OK);
        assertThat(of("avg_ttft_ms", 100, 106)).isEqualTo(Verdict.WARNING);
        assertThat(of("avg_ttft_ms", 100, 111)).isEqualTo(Verdict.CRITICAL);
        assertThat(of("avg_ttft_ms", 100, 90)).isEqualTo(Verdict.IMPROVED);
    }

    @Test
    void lessThroughputIsWorse() {
        assertThat(of("output_throughput_tps", 100, 94)).isEqualTo(Verdict.WARNING);
        assertThat(of("output_throughput_tps", 100, 120)).isEqualTo(Verdict.IMPROVED);
        assertThat(only(once("output_throughput_tps", 100), once("output_throughput_tps", 50),
                        new RegressionRule(0.05, 0.1, List.of("output_throughput_tps"), Set.of())).worsening().getAsDouble())
                .as("half the throughput takes twice the time")
                .isCloseTo(1.0, within(1e-12));
    }

    @Test
    void theFirstFailureIsAWarningHoweverFewTheyAre() {
        assertThat(of("error_rate", 0, 0.01)).isEqualTo(Verdict.WARNING);
        assertThat(of("error_rate", 0.01, 0.02)).isEqualTo(Verdict.OK);
        assertThat(of("error_rate", 0, 0.2)).isEqualTo(Verdict.CRITICAL);
    }

    @Test
    void whatIsNotMeasuredAnyMoreFailsTheGate() {
        var lost = new EngineSummary(
                Map.of("short_input", new EngineMetrics(Map.of("avg_ttft_ms", 0.0), List.of("avg_ttft_ms"), Map.of(), List.of())),
                Map.of(),
                Optional.empty());
        EngineRegression regression = EngineRegression.between(once("avg_ttft_ms", 100), lost, TTFT);

        assertThat(regression.changes().getFirst().verdict()).isEqualTo(Verdict.LOST);
        assertThat(regression.failures(false)).hasSize(1);
        assertThat(EngineRegression.between(lost, once("avg_ttft_ms", 100), TTFT).changes().getFirst().verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aChangeThatRepeatsDoNotAgreeOnIsNoise() {
        EngineChange change = only(
                repeated("avg_ttft_ms", 80, 100, 120, 90, 110), repeated("avg_ttft_ms", 90, 130, 100, 140, 110), TTFT);

        assertThat(change.worsening().getAsDouble()).isCloseTo(0.14, within(1e-9));
        assertThat(change.verdict()).isEqualTo(Verdict.NOISE);
    }

    @Test
    void aChangeThatRepeatsAgreeOnCounts() {
        EngineChange change = only(
                repeated("avg_ttft_ms", 100, 101, 99, 100.5, 99.5), repeated("avg_ttft_ms", 107, 108, 106, 107.5, 106.5), TTFT);

        assertThat(change.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(change.interval()).hasValueSatisfying(interval -> {
            assertThat(interval.contains(0.07)).isTrue();
            assertThat(interval.low()).isGreaterThan(0.05);
        });
    }

    @Test
    void withoutEnoughRepeatsItSaysThatNoiseIsNotKnown() {
        EngineRegression few = EngineRegression.between(repeated("avg_ttft_ms", 100, 101), repeated("avg_ttft_ms", 120, 121), TTFT);

        assertThat(few.knowsNoise()).isFalse();
        assertThat(few.changes().getFirst().verdict()).isEqualTo(Verdict.CRITICAL);
        assertThat(new RegressionText(few, false).lines(120)).anyMatch(line -> line.contains("nothing tells a change from chance"));
    }

    @Test
    void equalEnginesSeldomDiffer() {
        var random = new SplittableRandom(7);
        int failures = 0;
        for (int trial = 0; trial < 200; trial++) {
            EngineRegression regression = EngineRegression.between(
                    repeated("avg_ttft_ms", draws(random)), repeated("avg_ttft_ms", draws(random)), TTFT);
            failures += regression.failures(true).size();
        }
        assertThat(failures).as("of 200 comparisons of equals, at most 5 % would fail").isLessThanOrEqualTo(10);
    }

    private static double[] draws(SplittableRandom random) {
        return random.doubles(5).map(u -> 100 * (1 + 0.3 * (u - 0.5))).toArray();
    }

    @Test
    void aMeantChangeIsNoFailure() {
        var meant = new RegressionRule(0.05, 0.10, List.of("avg_ttft_ms"), Set.of("short_input.avg_ttft_ms"));
        EngineRegression regression = EngineRegression.between(once("avg_ttft_ms", 100), once("avg_ttft_ms", 150), meant);

        assertThat(regression.changes().getFirst().verdict()).isEqualTo(Verdict.EXPECTED);
        assertThat(regression.failures(true)).isEmpty();
    }

    @Test
    void warningsFailOnlyWhereAsked() {
        EngineRegression warned = EngineRegression.between(once("avg_ttft_ms", 100), once("avg_ttft_ms", 107), TTFT);

        assertThat(warned.failures(false)).isEmpty();
        assertThat(warned.failures(true)).hasSize(1);
    }

    @Test
    void runsOfDifferentThingsAreNotCompared() {
        var before = new EngineSummary(
                Map.of("short_input", metrics("avg_ttft_ms", 1), "long_input", metrics("avg_ttft_ms", 1)),
                Map.of(),
                Optional.of(new EngineRunInfo(Map.of("backend", "mock", "model", "a"), List.of())));
        var after = new EngineSummary(
                Map.of("short_input", new EngineMetrics(
                        Map.of("total_requests", 10.0, "successful_requests", 10.0, "requested_output_tokens", 640.0),
                        List.of(),
                        Map.of(),
                        List.of())),
                Map.of(),
                Optional.of(new EngineRunInfo(Map.of("backend", "mock", "model", "b"), List.of())));

        assertThat(BaselineCheck.differences(before, before)).isEmpty();
        assertThat(BaselineCheck.differences(before, after)).containsExactlyInAnyOrder(
                "model is b, but was a in the baseline",
                "workload long_input is in the baseline, but was not measured",
                "short_input: a measurement has 10 requests, but had 5 in the baseline",
                "short_input: requested_output_tokens is 64 a request, but was 128 in the baseline");
    }

    @Test
    void moreRepeatsOfTheSameAreTheSame() {
        var repeats = new ArrayList<EngineMetrics>();
        for (int i = 0; i < 3; i++) {
            repeats.add(metrics("avg_ttft_ms", 1));
        }
        var thrice = new EngineSummary(
                Map.of("short_input", new EngineMetrics(
                        Map.of("total_requests", 15.0, "successful_requests", 15.0, "requested_output_tokens", 1920.0),
                        List.of(),
                        Map.of(),
                        List.of())),
                Map.of("short_input", repeats),
                Optional.empty());

        assertThat(BaselineCheck.differences(once("avg_ttft_ms", 1), thrice)).isEmpty();
    }

    @Test
    void isWrittenForAPullRequest() {
        EngineRegression regression = EngineRegression.between(once("avg_ttft_ms", 100), once("avg_ttft_ms", 150), TTFT);

        assertThat(new RegressionText(regression, false).markdown())
                .startsWith("### Engine benchmark: FAILED (1 critical, 0 warnings, 1 figures)\n")
                .contains("| short_input | avg_ttft_ms | 100.00 ms | 150.00 ms | +50.0 % | - | critical |")
                .contains("Worse by more than 5 % is a warning, by more than 10 % critical");
        assertThat(RegressionJson.text(regression, false)).contains("\"passed\" : false").contains("\"verdict\" : \"critical\"");
    }
}
