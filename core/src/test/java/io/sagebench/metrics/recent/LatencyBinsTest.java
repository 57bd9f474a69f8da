package io.sagebench.metrics.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyBinsTest {
    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {600_000, 1_000_000, 1_500_000, 33_333_333, 1_000_000_000, 59_999_999_999L, 900_000_000_000L})
    void tellsALatencyToWithinTwoPercent(long nanos) {
        var bins = new LatencyBins();
        bins.add(nanos);
        assertThat((double) bins.percentiles().p50Nanos()).isCloseTo((double) nanos, within(nanos * 0.02));
    }

    @Test
    void binsFollowOneAnotherWithoutGaps() {
        for (int bin = 0; bin < LatencyBins.BINS; bin++) {
            assertThat(LatencyBins.binOf(LatencyBins.nanosOf(bin))).isEqualTo(bin);
        }
        assertThat(LatencyBins.binOf(-5)).isZero();
        assertThat(LatencyBins.binOf(Long.MAX_VALUE)).isEqualTo(LatencyBins.BINS - 1);
    }

    @Test
    void percentilesAreTheSmallestLatencyThatSoManyDoNotExceed() {
        var bins = new LatencyBins();
        for (int i = 1; i <= 100; i++) {
            bins.add(i * 10L * MILLI);
        }
        LatencyPercentiles found = bins.percentiles();
        assertThat(found.count()).isEqualTo(100);
        assertThat((double) found.p50Nanos()).isCloseTo(500.0 * MILLI, within(10.0 * MILLI));
        assertThat((double) found.p95Nanos()).isCloseTo(950.0 * MILLI, within(19.0 * MILLI));
        assertThat((double) found.p99Nanos()).isCloseTo(990.0 * MILLI, within(20.0 * MILLI));
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThat(new LatencyBins().percentiles().isKnown()).isFalse();
    }
}
