package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Half of 100 requests/s in bursts of 50 once a second.
class BurstArrivalsTest implements ArrivalProcessContract {
    private static final long SECOND = 1_000_000_000;

    @Override
    public ArrivalProcess process() {
        return new BurstArrivals(100, 50, 1);
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public double expectedRatePerSecond() {
        return 100;
    }

    @Override
    public int digest() {
        return 1222837672;
    }

    @Test
    void eachIntervalHasItsBurstInTheMiddle() {
        long[] nanos = times(process(), 3, MANY);
        for (int burst = 0; burst < 100; burst++) {
            long atNanos = burst * SECOND + SECOND / 2;
            assertThat(Arrays.stream(nanos).filter(at -> at == atNanos)).hasSize(50);
        }
        assertThat(Arrays.stream(nanos).filter(at -> at < 100 * SECOND && (at + SECOND / 2) % SECOND != 0).count())
                .as("the rest: 5,000 on average, with a standard deviation of 71")
                .isBetween(4_750L, 5_250L);
    }

    @Test
    void withTheWholeRateInBurstsThereIsNothingBetween() {
        assertThat(times(new BurstArrivals(0.1, 3, 30), 1, 7)).containsExactly(
                15 * SECOND, 15 * SECOND, 15 * SECOND, 45 * SECOND, 45 * SECOND, 45 * SECOND, 75 * SECOND);
    }

    @Test
    void refusesBurstsThatAreMoreThanTheRate() {
        assertThatThrownBy(() -> new BurstArrivals(10, 11, 1)).hasMessage("bursts of 11 every 1.0 s are more than 10.0 requests/s");
        assertThatThrownBy(() -> new BurstArrivals(10, 0, 1)).hasMessageContaining("size");
        assertThatThrownBy(() -> new BurstArrivals(10, 1, 0)).hasMessageContaining("intervalSeconds");
    }
}
