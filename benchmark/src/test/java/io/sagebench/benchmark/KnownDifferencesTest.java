package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.metrics.Comparison;
import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Finding.Verdict;
import io.sagebench.metrics.Headline;
import io.sagebench.metrics.Measured;
import io.sagebench.report.RecordSink;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Servers whose difference is known, compared as `diff` compares them. All in virtual time, from fixed seeds.
class KnownDifferencesTest {
    private static final int TRIALS = 100;
    private static final double RATE = 20;
    private static final FaultPlan SAME = FaultPlan.NONE;
    private static final FaultPlan SLOWER =
            switch (FaultText.plan("slow:1.05x")) {
                case FaultReading.Read(FaultPlan plan) -> plan;
                case FaultReading.Wrong wrong -> throw new IllegalStateException(wrong.toString());
            };

    @Test
    void identicalServersUnderDifferentLoadsAreCalledEqual() {
        long equal = IntStream.range(0, TRIALS)
                .filter(trial -> apart(trial, 300, SAME).stream().allMatch(KnownDifferencesTest::isNoDifference))
                .count();
        assertThat(equal).isGreaterThanOrEqualTo(95);
    }

    @Test
    void identicalServersUnderTheSameLoadDoNotDifferAtAll() {
        for (Finding finding : together(1, 400, SAME)) {
            assertThat(finding.verdict()).isIn(Verdict.NO_DIFFERENCE, Verdict.UNKNOWN);
            finding.change().ifPresent(change -> assertThat(change).isZero());
        }
    }

    @Test
    void aServerThatIsFivePercentSlowerIsFoundFromFewRequestsWhenTheyArePaired() {
        long found = IntStream.range(0, 20)
                .filter(trial -> of(Headline.MEAN_E2E, together(trial, 200, SLOWER)).verdict() == Verdict.WORSE)
                .count();
        assertThat(found).isEqualTo(20);
    }

    @Test
    void withoutPairsItTakesAsManyRequestsAsThePowerSays() {
        Finding few = of(Headline.MEAN_TBT, apart(3, 30, SLOWER));
        Finding many = of(Headline.MEAN_TBT, apart(3, 2000, SLOWER));
        assertThat(detectable(many)).as("what 2000 requests find").isLessThan(0.05);
        assertThat(detectable(few)).as("what 30 requests find").isGreaterThan(detectable(many));
        assertThat(many.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(many.change().orElseThrow()).isBetween(0.03, 0.07);
        assertThat(many.interval().orElseThrow().contains(0.05)).isTrue();
    }

    @Test
    void theStatedPowerIsWhatIsReached() {
        // in 40 trials each of the same size: whatever the detectable change is on average, a change of 5 % is found about as often as it says
        int requests = 300;
        double reach = 0;
        int found = 0;
        for (int trial = 0; trial < 40; trial++) {
            Finding finding = single(trial, requests);
            reach += detectable(finding) / 40;
            found += finding.verdict() == Verdict.WORSE ? 1 : 0;
        }
        if (reach <= 0.05) {
            assertThat(found).as("a change as large as the detectable one or larger is found in 4 of 5").isGreaterThanOrEqualTo(28);
        } else {
            assertThat(found).as("a smaller change is found less often").isLessThanOrEqualTo(38);
        }
    }

    private static Finding single(int trial, int requests) {
        return new Comparison(measured(2L * trial, requests, SAME), measured(2L * trial + 1, requests, SLOWER), false)
                .finding(Headline.MEAN_TBT);
    }

    private static double detectable(Finding finding) {
        assertThat(finding.judgement()).isInstanceOf(Judgement.Tested.class);
        return ((Judgement.Tested) finding.judgement()).detectable();
    }

    private static boolean isNoDifference(Finding finding) {
        return finding.verdict() == Verdict.NO_DIFFERENCE || finding.verdict() == Verdict.UNKNOWN;
    }

    private static Finding of(Headline figure, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.figure() == figure).findFirst().orElseThrow();
    }

    private static List<Finding> apart(int trial, int requests, FaultPlan second) {
        return new Comparison(measured(2L * trial, requests, SAME), measured(2L * trial + 1, requests, second), false)
                .findings(List.of(Headline.values()));
    }

    private static List<Finding> together(int trial, int requests, FaultPlan second) {
        var comparison = new Comparison(measured(trial, requests, SAME), measured(trial, requests, second), true);
        assertThat(comparison.isPaired()).isTrue();
        return comparison.findings(List.of(Headline.values()));
    }

    private static Measured measured(long seed, int requests, FaultPlan faults) {
        var config = aBenchmark().policies("fifo").requests(requests, RATE).seed(1000 + seed).faults(faults).build();
        var result = (BenchmarkResult.Measured)
                new Benchmark().run(config, BenchmarkListener.SILENT, RecordSink.NONE, new StopSignal());
        var policy = result.policies().getFirst();
        return Measured.of(policy.metrics(), policy.repeats()).orElseThrow();
    }
}
