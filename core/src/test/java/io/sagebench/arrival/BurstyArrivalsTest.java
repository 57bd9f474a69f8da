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
    public int digest() {
        return -1863994846;
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
        var statistics = new ArrivalStatistics(1_000_000_000);
        for (long at : times(process, 5, MANY)) {
            statistics.add(at);
        }
        return statistics.dispersion().orElseThrow();
    }

    @Test
    void onAndOffKeepTheMeanWhateverTheirLengths() {
        var onOff = BurstyArrivals.onOff(10, 5, 15, 0);
        assertThat(onOff).isEqualTo(new BurstyArrivals(0, 40, 15, 5));
        assertThat(onOff.meanPerSecond()).isCloseTo(10, within(1e-9));
        assertThat(BurstyArrivals.onOff(10, 5, 15, 0.5)).isEqualTo(new BurstyArrivals(5, 25, 15, 5));
        assertThat(BurstyArrivals.onOff(10, 5, 15, 1)).isEqualTo(new BurstyArrivals(10, 10, 15, 5));
    }

    @Test
    void nothingComesInATurnWithoutARate() {
        long[] nanos = times(BurstyArrivals.onOff(100, 0.05, 0.15, 0), 2, MANY);
        assertThat(nanos).isSorted();
        assertThat(nanos[0]).isPositive();
        // In 200 s there are some 1,000 bursts of 20 requests; gaps of more than 50 ms, a quarter second on average, lie between them.
        long pauses = 0;
        for (int i = 1; i < MANY; i++) {
            pauses += nanos[i] - nanos[i - 1] > 50_000_000 ? 1 : 0;
        }
        assertThat(pauses).isBetween(600L, 1_000L);
    }

    @Test
    void refusesWhatIsNoRateOrTime() {
        assertThatThrownBy(() -> BurstyArrivals.onOff(1, 1, 1, 1.5)).hasMessage("quietShare must be from 0 to 1, but was 1.5");
        assertThatThrownBy(() -> new BurstyArrivals(-1, 1, 1, 1)).hasMessageContaining("quietPerSecond");
        assertThatThrownBy(() -> new BurstyArrivals(1, 1, 1, 0)).hasMessageContaining("burstSeconds");
    }
}
