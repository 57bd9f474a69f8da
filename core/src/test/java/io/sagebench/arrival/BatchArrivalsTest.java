package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchArrivalsTest implements ArrivalProcessContract {

    @Override
    public ArrivalProcess process() {
        return new BatchArrivals();
    }

    @Override
    public boolean isRandom() {
        return false;
    }

    @Override
    public int digest() {
        return -428854527;
    }

    @Override
    public double expectedRatePerSecond() {
        return Double.POSITIVE_INFINITY;
    }

    @Test
    void sendsEverythingAtTheFirstMoment() {
        assertThat(times(process(), 0, 1000)).containsOnly(0);
    }
}
