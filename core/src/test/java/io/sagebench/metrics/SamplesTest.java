package io.sagebench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    @Test
    void withoutSamplesThereIsNoSummary() {
        assertThat(new Samples().summary()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "25, 1.75", "50, 2.5", "75, 3.25", "90, 3.7", "100, 4"})
    void percentilesOfOneToFourAreInterpolated(double percent, double expected) {
        assertThat(Samples.percentile(new long[] {1, 2, 3, 4}, percent)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void summarisesAHandfulByHand() {
        LatencySummary summary = summaryOf(new Samples(), 9, 2, 4, 4, 5, 5, 4, 7); // the textbook set: mean 5, stddev 2
        assertThat(summary.count()).isEqualTo(8);
        assertThat(summary.exact()).isTrue();
        assertThat(summary.mean()).isCloseTo(5, within(1e-12));
        assertThat(summary.stddev()).isCloseTo(2, within(1e-12));
        assertThat(summary.min()).isEqualTo(2);
        assertThat(summary.p50()).isEqualTo(4.5);
        assertThat(summary.max()).isEqualTo(9);
    }

    @Test
    void aSingleSampleIsEveryPercentile() {
        LatencySummary summary = summaryOf(new Samples(), 7);
        assertThat(new double[] {summary.p50(), summary.p99(), summary.p999(), summary.min(), summary.max(), summary.mean()})
                .containsOnly(7);
        assertThat(summary.stddev()).isZero();
    }

    @Test
    void aThousandAndOneRanksHaveExactPercentiles() {
        var samples = new Samples();
        for (long value = 1000; value >= 0; value--) {
            samples.add(value * 1000);
        }
        LatencySummary summary = samples.summary().orElseThrow();
        assertThat(summary.p90()).isEqualTo(900_000);
        assertThat(summary.p95()).isEqualTo(950_000);
        assertThat(summary.p99()).isEqualTo(990_000);
        assertThat(summary.p999()).isCloseTo(999_000, within(1e-6));
    }

    @Test
    void theSpreadOfLargeCloseNumbersLosesNoDigits() {
        LatencySummary summary = summaryOf(new Samples(), 1_000_000_000_000_004L, 1_000_000_000_000_007L,
                1_000_000_000_000_013L, 1_000_000_000_000_016L);
        assertThat(summary.stddev()).isCloseTo(Math.sqrt(22.5), within(0.01));
    }

    @Test
    void negativeSamplesStayNegative() {
        LatencySummary summary = summaryOf(new Samples(), -4, 2);
        assertThat(summary.min()).isEqualTo(-4);
        assertThat(summary.p50()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void beyondItsLimitItSwitchesToAHistogramAndStaysWithinThreeDigits(int limit) {
        var exact = new Samples();
        var limited = new Samples(limit);
        var chance = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            long nanos = Math.round(Math.exp(chance.nextDouble() * 8 + 12)); // from 0.2 to 500 ms
            exact.add(nanos);
            limited.add(nanos);
        }
        LatencySummary right = exact.summary().orElseThrow();
        LatencySummary close = limited.summary().orElseThrow();
        assertThat(right.exact()).isTrue();
        assertThat(close.exact()).isFalse();
        double[] expected = {right.p50(), right.p90(), right.p95(), right.p99(), right.p999()};
        double[] actual = {close.p50(), close.p90(), close.p95(), close.p99(), close.p999()};
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i] / expected[i]).isCloseTo(1, within(0.002));
        }
        assertThat(close.mean()).isCloseTo(right.mean(), within(1e-3));
        assertThat(close.stddev()).isCloseTo(right.stddev(), within(1e-3));
        assertThat(close.min()).isEqualTo(right.min());
        assertThat(close.max()).isEqualTo(right.max());
        assertThat(close.count()).isEqualTo(100_000);
    }

    @Test
    void staysExactAtTheLimitAndNotBeyond() {
        var samples = new Samples(3);
        for (long value : new long[] {1, 2, 3}) {
            samples.add(value);
        }
        assertThat(samples.summary().orElseThrow().exact()).isTrue();
        samples.add(4);
        assertThat(samples.summary().orElseThrow().exact()).isFalse();
        assertThat(samples.count()).isEqualTo(4);
    }

    @Test
    void noPercentileIsOutsideOfWhatWasMeasured() {
        var samples = new Samples(0);
        Arrays.stream(new long[] {1_000_001, 1_000_003}).forEach(samples::add);
        LatencySummary summary = samples.summary().orElseThrow();
        assertThat(summary.p50()).isBetween(summary.min(), summary.max());
        assertThat(summary.p999()).isBetween(summary.min(), summary.max());
    }

    private static LatencySummary summaryOf(Samples samples, long... values) {
        Arrays.stream(values).forEach(samples::add);
        return samples.summary().orElseThrow();
    }
}
