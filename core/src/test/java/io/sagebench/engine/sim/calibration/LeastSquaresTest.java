package io.sagebench.engine.sim.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private static final double[] FINE = {1e-5, 1e-5};

    /// Rosenbrock's valley: the minimum is at (1, 1).
    @Test
    void followsACurvedValley() {
        var minimum = new LeastSquares(
                        at -> new double[] {10 * (at[1] - at[0] * at[0]), 1 - at[0]},
                        new double[] {-5, -5}, new double[] {5, 5}, FINE)
                .from(new double[] {-1.2, 1});
        assertThat(minimum.parameter(0)).isCloseTo(1, within(1e-3));
        assertThat(minimum.parameter(1)).isCloseTo(1, within(1e-3));
    }

    /// The straight line through (0, 1), (1, 3), (2, 5) has slope 2, but only slopes to 1.5 are allowed: then the best intercept is 1.5.
    @Test
    void staysWithinItsBounds() {
        var minimum = new LeastSquares(
                        at -> new double[] {at[0] - 1, at[0] + at[1] - 3, at[0] + 2 * at[1] - 5},
                        new double[] {-10, -10}, new double[] {10, 1.5}, FINE)
                .from(new double[] {0, 0});
        assertThat(minimum.parameter(1)).isEqualTo(1.5);
        assertThat(minimum.parameter(0)).isCloseTo(1.5, within(1e-3));
    }

    @Test
    void leavesAloneWhatDoesNotMatter() {
        var minimum = new LeastSquares(at -> new double[] {at[0] - 3}, new double[] {-5, -5}, new double[] {5, 5}, FINE)
                .from(new double[] {0, 0.7});
        assertThat(minimum.parameter(0)).isCloseTo(3, within(1e-3));
        assertThat(minimum.parameter(1)).isCloseTo(0.7, within(1e-6));
    }

    @Test
    void invertsByHand() {
        double[][] inverse = LinearAlgebra.inverse(new double[][] {{2, 1}, {1, 1}});
        assertThat(inverse[0]).containsExactly(new double[] {1, -1}, within(1e-12));
        assertThat(inverse[1]).containsExactly(new double[] {-1, 2}, within(1e-12));
    }
}
