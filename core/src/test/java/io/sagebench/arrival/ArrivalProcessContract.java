package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
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
        boolean differ = !java.util.Arrays.equals(times(process(), 1, 100), times(process(), 2, 100));
        assertThat(differ).isEqualTo(isRandom());
    }

    /// The standard deviation of the rate over n exponential gaps is 1 / sqrt(n) = 0.7 % of it; 3 % is four of them.
    @Test
    default void keepsItsRateInTheLongRun() {
        long[] nanos = times(process(), 4, MANY);
        double rate = (MANY - 1) * 1e9 / (nanos[MANY - 1] - nanos[0]);
        if (Double.isInfinite(expectedRatePerSecond())) {
            assertThat(rate).isInfinite();
        } else {
            assertThat(rate / expectedRatePerSecond()).isBetween(0.97, 1.03);
        }
    }
}
