package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.random.Seed;
import org.junit.jupiter.api.Test;

class UniformArrivalsTest implements ArrivalProcessContract {

    @Override
    public ArrivalProcess process() {
        return new UniformArrivals(3);
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public int digest() {
        return 480745813;
    }

    @Override
    public double expectedRatePerSecond() {
        return 3;
    }

    @Test
    void sendsRequestIAtExactlyIOverTheRate() {
        assertThat(times(new UniformArrivals(4), 0, 5)).containsExactly(0, 250_000_000, 500_000_000, 750_000_000, 1_000_000_000);
        assertThat(times(new UniformArrivals(3), 0, 4)).containsExactly(0, 333_333_333, 666_666_667, 1_000_000_000);
    }

    @Test
    void roundingDoesNotAddUp() {
        ArrivalProcess.ArrivalTimes times = new UniformArrivals(3).start(new Seed(0));
        long lastNanos = 0;
        for (int i = 0; i <= 3_000_000; i++) {
            lastNanos = times.nextAtNanos();
        }
        assertThat(lastNanos).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void refusesARateThatIsNotAboveZero() {
        assertThatThrownBy(() -> new UniformArrivals(0)).hasMessage("ratePerSecond must be a finite number above 0, but was 0.0");
        assertThatThrownBy(() -> new UniformArrivals(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new UniformArrivals(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }
}
