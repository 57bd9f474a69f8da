package io.sagebench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.random.Seed;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {
    private static final double LEVEL = 0.95;

    @Test
    void theMedianOfTenLiesBetweenTheSecondAndTheNinth() {
        // P(2 to 8 of 10 below the median) = (1024 - 2 * (1 + 10)) / 1024; from the third on it would be (1024 - 11 - 56) / 1024 = 0.935
        var ranks = OrderStatistics.ranks(10, 0.5, LEVEL).orElseThrow();
        assertThat(ranks.lower()).isEqualTo(2);
        assertThat(ranks.upper()).isEqualTo(9);
        assertThat(ranks.coverage()).isEqualTo(1002.0 / 1024, within(1e-12));
    }

    @Test
    void thereIsNoP999From200Samples() {
        assertThat(OrderStatistics.ranks(200, 0.999, LEVEL)).isEmpty();
        assertThat(OrderStatistics.ranks(200, 0.99, LEVEL)).isEmpty();
        assertThat(OrderStatistics.ranks(200, 0.95, LEVEL)).isPresent();
    }

    @Test
    void theLeastNumberOfSamplesIsWhereTheExtremesHoldThePercentile() {
        assertThat(OrderStatistics.leastSamples(0.5, LEVEL)).as("1 - 2 / 2^6 = 0.969, 1 - 2 / 2^5 = 0.9375").isEqualTo(6);
        assertThat(OrderStatistics.leastSamples(0.95, LEVEL)).isEqualTo(59);
        assertThat(OrderStatistics.leastSamples(0.99, LEVEL)).isEqualTo(299);
        assertThat(OrderStatistics.leastSamples(0.999, LEVEL)).isEqualTo(2995);
    }

    @Test
    void everyIntervalHasItsCoverage() {
        for (double quantile : new double[] {0.5, 0.9, 0.95, 0.99, 0.999}) {
            for (long samples = OrderStatistics.leastSamples(quantile, LEVEL); samples < 200_000; samples = samples * 3 / 2 + 1) {
                var ranks = OrderStatistics.ranks(samples, quantile, LEVEL).orElseThrow();
                assertThat(ranks.coverage()).isBetween(LEVEL, 1.0);
                assertThat(ranks.lower()).isBetween(1L, ranks.upper() - 1);
                assertThat(ranks.upper()).isLessThanOrEqualTo(samples);
            }
        }
    }

    @Test
    void theIntervalHoldsTheTruthInNineteenOfTwentySamples() {
        int held = 0;
        for (int trial = 0; trial < 400; trial++) {
            var random = new Seed(5).child(trial).generator();
            long[] sorted = LongStream.generate(() -> (long) (1e9 * -Math.log(random.nextDouble()))).limit(1000).sorted().toArray();
            double p95 = 1e9 * Math.log(20);
            held += OrderStatistics.interval(sorted, sorted.length, 0.95, LEVEL).orElseThrow().contains(p95) ? 1 : 0;
        }
        assertThat(held / 400.0).isBetween(0.93, 0.99);
    }

    @Test
    void samplesThatAreWorthFewerGiveAWiderInterval() {
        long[] sorted = LongStream.rangeClosed(1, 1000).toArray();
        Interval all = OrderStatistics.interval(sorted, 1000, 0.5, LEVEL).orElseThrow();
        Interval few = OrderStatistics.interval(sorted, 10, 0.5, LEVEL).orElseThrow();
        assertThat(few).as("ranks 2 and 9 of 10, spread over 1000").isEqualTo(new Interval(101, 900));
        assertThat(all.low()).isBetween(460.0, 475.0);
        assertThat(all.high()).isBetween(526.0, 541.0);
        assertThat(Arrays.stream(sorted).max()).hasValue(1000);
    }
}
