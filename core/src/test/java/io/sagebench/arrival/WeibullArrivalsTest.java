package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Burstier and more even than a Poisson process. Half shapes have scales that are known without the gamma function: Gamma(3) = 2.
class WeibullArrivalsTest {
    private static final double RATE = 50;

    @Test
    void theGammaFunctionIsTheFactorialAndHasRootsOfPiBetween() {
        assertThat(WeibullArrivals.gammaFunction(1)).isCloseTo(1, within(1e-13));
        assertThat(WeibullArrivals.gammaFunction(6)).isCloseTo(120, within(1e-11));
        assertThat(WeibullArrivals.gammaFunction(1.5)).isCloseTo(Math.sqrt(Math.PI) / 2, within(1e-13));
    }

    @Test
    void refusesWhatNoRunCouldShow() {
        assertThatThrownBy(() -> new WeibullArrivals(1, 0.1)).hasMessage("shape must be at least 0.2, but was 0.1");
        assertThatThrownBy(() -> new WeibullArrivals(-1, 1)).hasMessageContaining("ratePerSecond");
    }

    @Nested
    class Bursty extends OfShape {
        Bursty() {
            super(0.5, 1 / (RATE * 2), 5, -715119418); // variance Gamma(5) - Gamma(3)^2 = 20, so 5 in units of the squared mean
        }

        @Override
        public double rateTolerance() {
            return 0.03 * Math.sqrt(5);
        }
    }

    @Nested
    class Even extends OfShape {
        Even() {
            super(2, 1 / (RATE * Math.sqrt(Math.PI) / 2), 4 / Math.PI - 1, -1375300220);
        }
    }

    abstract static class OfShape implements IndependentGapsContract {
        private final double shape;
        private final double scaleSeconds;
        private final double squaredVariation;
        private final int digest;

        OfShape(double shape, double scaleSeconds, double squaredVariation, int digest) {
            this.shape = shape;
            this.scaleSeconds = scaleSeconds;
            this.squaredVariation = squaredVariation;
            this.digest = digest;
        }

        @Override
        public ArrivalProcess process() {
            return new WeibullArrivals(RATE, shape);
        }

        @Override
        public boolean isRandom() {
            return true;
        }

        @Override
        public double expectedRatePerSecond() {
            return RATE;
        }

        @Override
        public int digest() {
            return digest;
        }

        @Override
        public double squaredVariation() {
            return squaredVariation;
        }

        @Override
        public double shareOfGapsUpTo(double seconds) {
            return 1 - Math.exp(-Math.pow(seconds / scaleSeconds, shape));
        }
    }
}
