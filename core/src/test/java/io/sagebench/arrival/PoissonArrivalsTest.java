package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonArrivalsTest implements IndependentGapsContract {
    private static final double RATE = 50;

    @Override
    public ArrivalProcess process() {
        return new PoissonArrivals(RATE);
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public int digest() {
        return 1894885134;
    }

    @Override
    public double expectedRatePerSecond() {
        return RATE;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gapsHaveTheMeanAndTheSpreadOfAnExponential(long seed) {
        double[] gaps = gapsInSeconds(seed, MANY);
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double variance = Arrays.stream(gaps).map(gap -> (gap - mean) * (gap - mean)).average().orElseThrow();
        assertThat(mean * RATE).isBetween(0.97, 1.03);
        assertThat(Math.sqrt(variance) / mean).as("coefficient of variation").isBetween(0.97, 1.03);
    }

    @Override
    public double shareOfGapsUpTo(double seconds) {
        return 1 - Math.exp(-RATE * seconds);
    }

    @Override
    public double squaredVariation() {
        return 1;
    }

    @Test
    void theFirstRequestAlsoWaitsAGap() {
        assertThat(times(process(), 1, 1)[0]).isPositive();
    }

    @Test
    void anotherRateStretchesTheSameTimes() {
        long[] slow = times(new PoissonArrivals(1), 8, 1000);
        long[] fast = times(new PoissonArrivals(4), 8, 1000);
        for (int i = 0; i < slow.length; i++) {
            assertThat((double) fast[i]).isCloseTo(slow[i] / 4.0, org.assertj.core.data.Offset.offset(2.0));
        }
    }

    @Test
    void refusesARateThatIsNotAboveZero() {
        assertThatThrownBy(() -> new PoissonArrivals(-2)).hasMessageContaining("-2.0");
    }

    private static double[] gapsInSeconds(long seed, int count) {
        long[] nanos = times(new PoissonArrivals(RATE), seed, count);
        double[] gaps = new double[count];
        for (int i = 0; i < count; i++) {
            gaps[i] = (nanos[i] - (i == 0 ? 0 : nanos[i - 1])) / 1e9;
        }
        return gaps;
    }
}
