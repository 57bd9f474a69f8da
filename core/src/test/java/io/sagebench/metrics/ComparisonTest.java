package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Finding.Verdict;
import io.sagebench.random.Seed;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Two series of requests, a second apart, with latencies that a test chooses.
class ComparisonTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void pairsFindWhatTwoSamplesDoNot() {
        Measured before = requests(200, noise(1));
        Measured after = requests(200, i -> noise(1).applyAsDouble(i) * 1.02);
        Finding paired = new Comparison(before, after, true).finding(Headline.MEAN_E2E);
        Finding apart = new Comparison(before, after, false).finding(Headline.MEAN_E2E);
        assertThat(paired.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(paired.change().orElseThrow()).isEqualTo(0.02, within(1e-4));
        assertThat(apart.verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(((Judgement.Tested) apart.judgement()).detectable()).isGreaterThan(0.02);
        assertThat(((Judgement.Tested) apart.judgement()).rankPValue()).isPresent();
    }

    @Test
    void fasterIsBetter() {
        Finding faster = new Comparison(requests(200, noise(1)), requests(200, i -> noise(1).applyAsDouble(i) / 2), true)
                .finding(Headline.P95_E2E);
        assertThat(faster.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(faster.worsening().orElseThrow()).isEqualTo(-0.5, within(1e-3));
    }

    @Test
    void otherRequestsAreNeverPaired() {
        assertThat(new Comparison(requests(200, noise(1)), requests(199, noise(1)), true).isPaired()).isFalse();
        assertThat(new Comparison(requests(200, noise(1)), requests(200, noise(1)), false).isPaired()).isFalse();
        assertThat(new Comparison(requests(200, noise(1)), requests(200, noise(1)), true).isPaired()).isTrue();
    }

    @Test
    void whatDoesNotExistIsNotTested() {
        var comparison = new Comparison(requests(200, noise(1)), requests(200, noise(1)), true);
        assertThat(comparison.finding(Headline.MEAN_TTFT).verdict()).as("nothing was streamed").isEqualTo(Verdict.UNKNOWN);
        assertThat(comparison.finding(Headline.P99_E2E).judgement())
                .isEqualTo(new Judgement.NotTested("200 samples are too few, 299 are needed"));
    }

    @Test
    void repeatsThatDisagreeMakeLessSure() {
        Measured before = repeats(1.0, 1.0, 1.0, 1.0);
        Measured after = repeats(1.3, 0.8, 1.3, 0.8);
        assertThat(new Comparison(before, after, true).finding(Headline.MEAN_E2E).verdict()).isEqualTo(Verdict.NO_DIFFERENCE);
        assertThat(new Comparison(before, repeats(1.05, 1.06, 1.05, 1.06), true).finding(Headline.MEAN_E2E).verdict())
                .isEqualTo(Verdict.WORSE);
    }

    @Test
    void severalFiguresAreCorrectedForTheirNumber() {
        var comparison = new Comparison(requests(200, noise(1)), requests(200, noise(2)), false);
        Finding alone = comparison.finding(Headline.MEAN_E2E);
        Finding among = comparison.findings(List.of(Headline.MEAN_E2E, Headline.P50_E2E, Headline.P95_E2E)).getFirst();
        assertThat(((Judgement.Tested) among.judgement()).pValue()).isGreaterThanOrEqualTo(((Judgement.Tested) alone.judgement()).pValue());
    }

    private static IntToDoubleFunction noise(long seed) {
        return i -> 100 + 100 * new Seed(seed).child(i).generator().nextDouble();
    }

    private static Measured requests(int count, IntToDoubleFunction millis) {
        var collector = new Measured.Collector();
        window(collector, count, millis);
        return collector.measured().orElseThrow();
    }

    private static Measured repeats(double... factors) {
        var collector = new Measured.Collector();
        for (double factor : factors) {
            window(collector, 100, i -> noise(1).applyAsDouble(i) * factor);
        }
        return collector.measured().orElseThrow();
    }

    private static void window(Measured.Collector collector, int count, IntToDoubleFunction millis) {
        for (int i = 0; i < count; i++) {
            long intended = i * SECOND;
            long latency = Math.round(millis.applyAsDouble(i) * 1e6);
            collector.add(
                    new Observation(
                            i, intended, OptionalLong.of(intended + latency), OptionalLong.of(latency), OptionalLong.empty(), 0, 0, true, 5),
                    intended + latency);
        }
        collector.endWindow();
    }
}
