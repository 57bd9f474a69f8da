package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Short turns, so that thousands of them fall into what the contract looks at.
class BurstyArrivalsTest implements ArrivalProcessContract {
    private static final BurstyArrivals BURSTY = new BurstyArrivals(50, 200, 0.1, 0.05);

    @Override
    public ArrivalProcess process() {
        return BURSTY;
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public double expectedRatePerSecond() {
        return 100;
    }

    @Test
    void theMeanRateWeighsEachStateWithItsTime() {
        assertThat(BURSTY.meanPerSecond()).isCloseTo(100, within(1e-9));
    }

    /// A Poisson process has a variance-to-mean ratio of 1 in any window; with turns of 10 and 5 s, windows of 1 s lie mostly within one state, whose
    /// rates differ fourfold.
    @Test
    void countsVaryFarMoreThanThoseOfAPoissonProcess() {
        assertThat(dispersion(new BurstyArrivals(50, 200, 10, 5))).isGreaterThan(10);
        assertThat(dispersion(new PoissonArrivals(100))).isBetween(0.8, 1.2);
    }

    /// With equal rates in both states it is a Poisson process.
    @Test
    void withoutADifferenceThereAreNoBursts() {
        assertThat(dispersion(new BurstyArrivals(100, 100, 10, 5))).isBetween(0.8, 1.2);
    }

    private static double dispersion(ArrivalProcess process) {
        long[] nanos = times(process, 5, MANY);
        int seconds = (int) (nanos[MANY - 1] / 1_000_000_000);
        int[] counts = new int[seconds];
        for (long at : nanos) {
            if (at / 1_000_000_000 < seconds) {
                counts[(int) (at / 1_000_000_000)]++;
            }
        }
        double mean = 0;
        double squares = 0;
        for (int count : counts) {
            mean += (double) count / seconds;
        }
        for (int count : counts) {
            squares += (count - mean) * (count - mean) / seconds;
        }
        return squares / mean;
    }

    @Test
    void refusesRatesAndTimesOfZero() {
        assertThatThrownBy(() -> new BurstyArrivals(0, 1, 1, 1)).hasMessageContaining("quietPerSecond");
        assertThatThrownBy(() -> new BurstyArrivals(1, 1, 1, 0)).hasMessageContaining("burstSeconds");
    }
}
