package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.random.Seed;
import java.util.Arrays;
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
    default void atAnotherRateItIsTheSameInProportion() {
        ArrivalProcess other = process().at(17);
        assertThat(other.getClass()).isEqualTo(process().getClass());
        if (Double.isFinite(expectedRatePerSecond())) {
            assertThat(other.meanPerSecond()).isCloseTo(17, within(1e-9));
        }
    }

    @Test
    default void aSeedGivesTheseTimesEverywhere() {
        assertThat(Arrays.hashCode(times(process(), 1, 1_000))).isEqualTo(digest());
    }
}
