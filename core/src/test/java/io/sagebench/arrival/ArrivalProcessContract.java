package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.random.Seed;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// What holds for every arrival process.
public interface ArrivalProcessContract {
    /// How many times a test looks at.
    int MANY = 20_000;

    /// The process under test.
    ArrivalProcess process();

    /// Whether it draws lots.
    boolean isRandom();

    /// The rate it keeps in the long run, in requests per second; infinite when everything comes at once.
    double expectedRatePerSecond();

    /// A digest of its first 1,000 times with seed 1: they are the same on every machine and in every version.
    int digest();

    /// How far the rate of [#MANY] times may be off, as a share of it. The standard deviation over n exponential gaps is 1 / sqrt(n) = 0.7 %; 3 %
    /// is four of them.
    default double rateTolerance() {
        return 0.03;
    }

    /// The distribution function of the gaps, in seconds, where they are independent.
    default Optional<DoubleUnaryOperator> gapDistribution() {
        return Optional.empty();
    }

    /// The time in which the gaps are looked at, of the time in seconds.
    default double bent(double seconds) {
        return seconds;
    }

    /// The index of dispersion of counts in windows that are long against the gaps; for independent gaps it is their squared coefficient of
    /// variation.
    default OptionalDouble expectedDispersion() {
        return OptionalDouble.empty();
    }

    /// The window for it.
    default long windowNanos() {
        return 1_000_000_000;
    }

    /// The first `count` times of a process.
    static long[] times(ArrivalProcess process, long seed, int count) {
        ArrivalProcess.ArrivalTimes times = process.start(new Seed(seed));
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = times.nextAtNanos();
        }
        return nanos;
    }

    @Test
    default void timesAreNotNegativeAndDoNotDecrease() {
        long[] nanos = times(process(), 1, MANY);
        assertThat(nanos).isSorted();
        assertThat(nanos[0]).isNotNegative();
    }

    @Test
    default void theSameSeedGivesTheSameTimes() {
        assertThat(times(process(), 9, MANY)).isEqualTo(times(process(), 9, MANY));
    }

    @Test
    default void aStartedProcessIsNotDisturbedByAnotherStart() {
        ArrivalProcess process = process();
        ArrivalProcess.ArrivalTimes one = process.start(new Seed(3));
        long first = one.nextAtNanos();
        ArrivalProcess.ArrivalTimes other = process.start(new Seed(3));
        assertThat(other.nextAtNanos()).isEqualTo(first);
        assertThat(other.nextAtNanos()).isEqualTo(one.nextAtNanos());
    }

    @Test
    default void anotherSeedGivesOtherTimesOnlyWhereLotsAreDrawn() {
        boolean differ = !Arrays.equals(times(process(), 1, 100), times(process(), 2, 100));
        assertThat(differ).isEqualTo(isRandom());
    }

    @Test
    default void keepsItsRateInTheLongRun() {
        long[] nanos = times(process(), 4, MANY);
        double rate = (MANY - 1) * 1e9 / (nanos[MANY - 1] - nanos[0]);
        if (Double.isInfinite(expectedRatePerSecond())) {
            assertThat(rate).isInfinite();
            assertThat(process().meanPerSecond()).isInfinite();
        } else {
            assertThat(process().meanPerSecond() / expectedRatePerSecond()).isCloseTo(1, within(1e-12));
            assertThat(rate / expectedRatePerSecond()).isBetween(1 - rateTolerance(), 1 + rateTolerance());
        }
    }

    @Test
    default void aSeedGivesTheseTimesEverywhere() {
        assertThat(Arrays.hashCode(times(process(), 1, 1_000))).isEqualTo(digest());
    }

    /// The Kolmogorov-Smirnov distance to the exact distribution, for three seeds; 1.628 / sqrt(n) is the 1 % critical value.
    @Test
    default void gapsHaveTheirExactDistribution() {
        assumeTrue(gapDistribution().isPresent(), "gaps are not independent");
        for (long seed = 1; seed <= 3; seed++) {
            double[] gaps = gaps(times(process(), seed, MANY));
            Arrays.sort(gaps);
            double distance = 0;
            for (int i = 0; i < MANY; i++) {
                double expected = gapDistribution().orElseThrow().applyAsDouble(gaps[i]);
                distance = Math.max(distance, Math.max(expected - (double) i / MANY, (i + 1.0) / MANY - expected));
            }
            assertThat(distance).as("seed %d", seed).isLessThan(1.628 / Math.sqrt(MANY));
        }
    }

    @Test
    default void gapsDoNotDependOnTheOnesBefore() {
        assumeTrue(gapDistribution().isPresent(), "gaps are not independent");
        double[] gaps = gaps(times(process(), 5, MANY));
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 1; i < MANY; i++) {
            products += (gaps[i] - mean) * (gaps[i - 1] - mean);
            squares += (gaps[i] - mean) * (gaps[i] - mean);
        }
        assertThat(products / squares).as("correlation of neighbours").isBetween(-0.03, 0.03);
    }

    @Test
    default void countsVaryAsTheyShould() {
        assumeTrue(expectedDispersion().isPresent(), "there is no simple answer");
        var statistics = new ArrivalStatistics(windowNanos());
        for (long at : times(process(), 11, MANY)) {
            statistics.add(at);
        }
        assertThat(statistics.dispersion().orElseThrow() / expectedDispersion().orElseThrow()).isBetween(0.7, 1.3);
    }

    private double[] gaps(long[] nanos) {
        double[] gaps = new double[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            gaps[i] = bent(nanos[i] / 1e9) - (i == 0 ? 0 : bent(nanos[i - 1] / 1e9));
        }
        return gaps;
    }
}
