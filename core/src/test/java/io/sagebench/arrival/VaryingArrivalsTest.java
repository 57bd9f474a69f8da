package io.sagebench.arrival;

import static io.sagebench.arrival.ArrivalProcessContract.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.arrival.ArrivalProcess.ArrivalTimes;
import io.sagebench.arrival.Ramp.Leg;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In the time that the curve bends, Poisson arrivals along it are a Poisson process of one request per second.
class VaryingArrivalsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void equalGapsAlongARampGrowWithTheRootOfTheNumber() {
        var ramp = new VaryingArrivals(new Ramp(List.of(new Leg(0, 8, 4))), new UniformArrivals(1)); // t^2 requests within t seconds
        assertThat(times(ramp, 0, 5)).containsExactly(0, SECOND, 1_414_213_562, 1_732_050_808, 2 * SECOND);
    }

    @Test
    void aRampHoldsItsLastRate() {
        var ramp = new VaryingArrivals(new Ramp(List.of(new Leg(2, 2, 1), new Leg(2, 6, 1))), new UniformArrivals(1));
        long[] nanos = times(ramp, 0, 20); // 2 in the first second, 4 in the next, 6 a second from then on
        assertThat(nanos[2]).isEqualTo(SECOND);
        assertThat(nanos[6]).isEqualTo(2 * SECOND);
        assertThat(nanos[12]).isEqualTo(3 * SECOND);
        assertThat(nanos[18]).isEqualTo(4 * SECOND);
    }

    @Test
    void aRampToZeroEnds() {
        var ramp = new VaryingArrivals(new Ramp(List.of(new Leg(0, 0, 5), new Leg(4, 0, 2))), new UniformArrivals(1));
        assertThat(ramp.ends()).isTrue();
        assertThat(times(ramp, 0, 6)).containsExactly(
                0, 5_267_949_192L, 5_585_786_438L, 6 * SECOND, 7 * SECOND, ArrivalTimes.NEVER_NANOS);
    }

    @Test
    void aRampMayBendGammaGapsToo() {
        var ramp = new VaryingArrivals(new Ramp(List.of(new Leg(10, 30, 100))), new GammaArrivals(1, 4));
        var statistics = new ArrivalStatistics(SECOND);
        for (long at : times(ramp, 1, 2_000)) {
            statistics.add(at);
        }
        assertThat(statistics.spanNanos() / 1e9).as("20 requests/s for 100 s").isBetween(97.0, 103.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void theTimeOfAWaveIsTheInverseOfItsIntegral(double amplitude) {
        var wave = new Wave(50, amplitude, 7);
        for (double expected = 0; expected < 2_000; expected += 0.37) {
            assertThat(wave.expectedWithin(wave.secondsUntil(expected))).isCloseTo(expected, within(1e-6));
        }
        assertThat(wave.expectedWithin(14)).as("two periods").isCloseTo(700, within(1e-9));
        assertThat(wave.expectedWithin(3.5) - 175).as("the surplus of half a period").isCloseTo(350 * amplitude / Math.PI, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 1, 99.9, 149.9, 150, 150.1, 1_000})
    void theTimeOfARampIsTheInverseOfItsIntegral(double expected) {
        var ramp = new Ramp(List.of(new Leg(0, 10, 20), new Leg(10, 0, 10), new Leg(0, 0, 5), new Leg(1e-9, 7, 3)));
        assertThat(ramp.expectedWithin(ramp.secondsUntil(expected))).isCloseTo(expected, within(1e-7));
    }

    @Test
    void refusesWhatHasNoRate() {
        assertThatThrownBy(() -> new Ramp(List.of(new Leg(0, 0, 1)))).hasMessage("a ramp must have a rate above 0 somewhere");
        assertThatThrownBy(() -> new Ramp(List.of())).hasMessageContaining("number of legs");
        assertThatThrownBy(() -> new Leg(-1, 0, 1)).hasMessageContaining("fromPerSecond");
        assertThatThrownBy(() -> new Leg(1, 2, 0)).hasMessageContaining("seconds");
        assertThatThrownBy(() -> new Wave(1, 1.1, 1)).hasMessage("amplitude must be at most 1, but was 1.1");
        assertThatThrownBy(() -> new VaryingArrivals(new Wave(1, 0, 1), new PoissonArrivals(2))).hasMessageContaining("has 2.0");
    }

    @Nested
    class AlongAWave extends Along {
        AlongAWave() {
            super(new Wave(50, 0.9, 10), 50, 961342344);
        }
    }

    @Nested
    class AlongARamp extends Along {
        AlongARamp() {
            super(new Ramp(List.of(new Leg(10, 90, 200), new Leg(90, 10, 200))), 50, 1573984715);
        }
    }

    abstract static class Along implements IndependentGapsContract {
        private final RateCurve curve;
        private final double mean;
        private final int digest;

        Along(RateCurve curve, double mean, int digest) {
            this.curve = curve;
            this.mean = mean;
            this.digest = digest;
        }

        @Override
        public ArrivalProcess process() {
            return new VaryingArrivals(curve, new PoissonArrivals(1));
        }

        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public double expectedRatePerSecond() {
            return mean;
        }

        @Override
        public int digest() {
            return digest;
        }

        @Override
        public double bent(double seconds) {
            return curve.expectedWithin(seconds);
        }

        @Override
        public double windowSeconds() {
            return 50; // requests, for the time is bent
        }

        @Override
        public double squaredVariation() {
            return 1;
        }

        @Override
        public double shareOfGapsUpTo(double requests) {
            return 1 - Math.exp(-requests);
        }
    }

    /// The rate varies with a variance of mean^2 amplitude^2 / 2, which comes on top of that of the counts.
    @Test
    void countsAlongAWaveVaryByTheWaveToo() {
        var statistics = new ArrivalStatistics(SECOND);
        for (long at : times(new VaryingArrivals(new Wave(50, 0.9, 100), new PoissonArrivals(1)), 7, ArrivalProcessContract.MANY)) {
            statistics.add(at);
        }
        assertThat(statistics.dispersion().orElseThrow()).isCloseTo(1 + 50 * 0.81 / 2, within(2.0));
    }
}
