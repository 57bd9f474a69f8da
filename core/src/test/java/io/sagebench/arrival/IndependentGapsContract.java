package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What holds beside for processes whose gaps are independent and of one distribution, if only in a time that is bent.
interface IndependentGapsContract extends ArrivalProcessContract {
    /// The distribution function of the gaps, in seconds of the bent time.
    double shareOfGapsUpTo(double seconds);

    /// The squared coefficient of variation of the gaps, which is the index of dispersion of counts in windows that are long against them.
    double squaredVariation();

    /// The time in which the gaps are looked at, of the time in seconds.
    default double bent(double seconds) {
        return seconds;
    }

    /// The window in which arrivals are counted, of the bent time.
    default double windowSeconds() {
        return 1;
    }

    /// The Kolmogorov-Smirnov distance to the exact distribution, for three seeds; 1.628 / sqrt(n) is the 1 % critical value.
    @Test
    default void gapsHaveTheirExactDistribution() {
        for (long seed = 1; seed <= 3; seed++) {
            double[] gaps = gaps(seed);
            Arrays.sort(gaps);
            double distance = 0;
            for (int i = 0; i < MANY; i++) {
                double expected = shareOfGapsUpTo(gaps[i]);
                distance = Math.max(distance, Math.max(expected - (double) i / MANY, (i + 1.0) / MANY - expected));
            }
            assertThat(distance).as("seed %d", seed).isLessThan(1.628 / Math.sqrt(MANY));
        }
    }

    @Test
    default void gapsDoNotDependOnTheOnesBefore() {
        double[] gaps = gaps(5);
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 1; i < MANY; i++) {
            products += (gaps[i] - mean) * (gaps[i - 1] - mean);
            squares += (gaps[i] - mean) * (gaps[i] - mean);
        }
        assertThat(products / squares).as("correlation of neighbours").isBetween(-0.03, 0.03);
    }

    /// Over w = 400 windows the standard deviation of the index is about sqrt(2 / w) = 7 % of it; 30 % are four of them.
    @Test
    default void countsVaryAsGapsDo() {
        var statistics = new ArrivalStatistics(Math.round(windowSeconds() * 1e9));
        for (long at : times(process(), 11, MANY)) {
            statistics.add(Math.round(bent(at / 1e9) * 1e9));
        }
        assertThat(statistics.dispersion().orElseThrow() / squaredVariation()).isBetween(0.7, 1.3);
    }

    private double[] gaps(long seed) {
        long[] nanos = times(process(), seed, MANY);
        double[] gaps = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            gaps[i] = bent(nanos[i] / 1e9) - (i == 0 ? 0 : bent(nanos[i - 1] / 1e9));
        }
        return gaps;
    }
}
