package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonArrivalsTest implements ArrivalProcessContract {
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gapsAreExponentialByTheKolmogorovSmirnovTest(long seed) {
        double[] gaps = gapsInSeconds(seed, MANY);
        Arrays.sort(gaps);
        double distance = 0;
        for (int i = 0; i < gaps.length; i++) {
            double expected = 1 - Math.exp(-RATE * gaps[i]);
            distance = Math.max(distance, Math.max(expected - (double) i / MANY, (i + 1.0) / MANY - expected));
        }
        assertThat(distance).isLessThan(1.628 / Math.sqrt(MANY)); // the 1 % critical value for a known distribution
    }

    /// Counts in windows of one second: their variance over their mean is 1 for a Poisson process; its standard deviation over w windows is
    /// sqrt(2 / w), here 0.07.
    @Test
    void countsInWindowsHaveAnIndexOfDispersionOfOne() {
        int windows = 400;
        int[] counts = new int[windows];
        for (long nanos : times(process(), 11, MANY + 2_000)) {
            int window = (int) (nanos / 1_000_000_000);
            if (window < windows) {
                counts[window]++;
            }
        }
        double mean = Arrays.stream(counts).average().orElseThrow();
        double variance = Arrays.stream(counts).mapToDouble(count -> (count - mean) * (count - mean)).sum() / (windows - 1);
        assertThat(variance / mean).isBetween(0.75, 1.25);
    }

    @Test
    void gapsDoNotDependOnTheOnesBefore() {
        double[] gaps = gapsInSeconds(5, MANY);
        double sum = 0;
        for (int i = 1; i < gaps.length; i++) {
            sum += (gaps[i] * RATE - 1) * (gaps[i - 1] * RATE - 1);
        }
        assertThat(sum / (MANY - 1)).as("correlation of neighbours").isBetween(-0.03, 0.03);
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
