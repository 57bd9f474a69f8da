package io.sagebench.arrival;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Burstier and more even than a Poisson process, and one that is it.
class GammaArrivalsTest {
    private static final double RATE = 50;

    @Test
    void refusesWhatIsNotAboveZero() {
        assertThatThrownBy(() -> new GammaArrivals(0, 1)).hasMessageContaining("ratePerSecond");
        assertThatThrownBy(() -> new GammaArrivals(1, 0)).hasMessageContaining("burstiness");
    }

    @Nested
    class Bursty extends OfShape {
        Bursty() {
            super(0.5, 0.5 * Math.sqrt(Math.PI), -1461527426); // Gamma(1.5) = sqrt(pi) / 2
        }

        @Override
        public double rateTolerance() {
            return 0.03 * Math.sqrt(2); // the standard deviation of the gaps is sqrt(2) of their mean
        }
    }

    @Nested
    class AsPoisson extends OfShape {
        AsPoisson() {
            super(1, 1, -1335056007);
        }
    }

    @Nested
    class Even extends OfShape {
        Even() {
            super(4, 24, 1700155086); // Gamma(5) = 4!
        }
    }

    abstract static class OfShape implements IndependentGapsContract {
        private final double shape;
        private final double gammaOfShapePlusOne;
        private final int digest;

        OfShape(double shape, double gammaOfShapePlusOne, int digest) {
            this.shape = shape;
            this.gammaOfShapePlusOne = gammaOfShapePlusOne;
            this.digest = digest;
        }

        @Override
        public ArrivalProcess process() {
            return new GammaArrivals(RATE, shape);
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
            return 1 / shape;
        }

        @Override
        public double shareOfGapsUpTo(double seconds) {
            return lowerIncompleteGamma(seconds * RATE * shape);
        }

        /// The regularised lower incomplete gamma function by its series (Abramowitz, Stegun 6.5.29), whose terms are all positive.
        private double lowerIncompleteGamma(double x) {
            double term = Math.pow(x, shape) * Math.exp(-x) / gammaOfShapePlusOne;
            double sum = 0;
            for (int n = 1; term > sum * 1e-16; n++) {
                sum += term;
                term *= x / (shape + n);
            }
            return sum;
        }
    }
}
