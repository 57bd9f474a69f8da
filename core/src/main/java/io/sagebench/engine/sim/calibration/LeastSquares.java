package io.sagebench.engine.sim.calibration;

import java.util.Arrays;

/// Minimises a sum of squares within bounds: Levenberg and Marquardt's damped Gauss-Newton steps, with central differences, each step projected
/// onto the bounds, and parameters that press against a bound left out of the step (Kanzow, Yamashita and Fukushima, 2004, have the method). For
/// the handful of parameters here dense normal equations do.
final class LeastSquares {
    private static final double FIRST_DAMPING = 1e-2;
    private static final double LEAST_DAMPING = 1e-9;
    private static final double MOST_DAMPING = 1e7;
    private static final double FURTHEST = 0.4;
    private static final double ENOUGH = 1e-4;
    private static final int MOST_ROUNDS = 30;

    private final Residuals residuals;
    private final double[] lower;
    private final double[] upper;
    private final double[] differences;

    /// The function whose squares are summed. It may be rough, as a simulation is: the differences must be wide enough to see past that.
    @FunctionalInterface
    interface Residuals {
        double[] at(double[] parameters);
    }

    /// Where it ended.
    static final class Minimum {
        private final double[] parameters;
        private final double[] residuals;
        private final double[][] jacobian;

        private Minimum(double[] parameters, double[] residuals, double[][] jacobian) {
            this.parameters = parameters;
            this.residuals = residuals;
            this.jacobian = jacobian;
        }

        double parameter(int i) {
            return parameters[i];
        }

        int observations() {
            return residuals.length;
        }

        double cost() {
            return sumOfSquares(residuals);
        }

        /// The Jacobian's transpose times itself.
        double[][] normalMatrix() {
            return LinearAlgebra.gram(jacobian);
        }
    }

    /// @param differences half the width of the difference taken in each parameter
    LeastSquares(Residuals residuals, double[] lower, double[] upper, double[] differences) {
        this.residuals = residuals;
        this.lower = lower;
        this.upper = upper;
        this.differences = differences;
    }

    Minimum from(double[] start) {
        double[] at = project(start);
        double[] here = residuals.at(at);
        double[][] jacobian = jacobian(at);
        double damping = FIRST_DAMPING;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean better = false;
            double moved = 0;
            while (!better && damping < MOST_DAMPING) {
                double[] next = project(sum(at, shortened(step(at, here, jacobian, damping))));
                moved = distance(next, at);
                if (moved < ENOUGH) {
                    break;
                }
                double[] there = residuals.at(next);
                better = sumOfSquares(there) < sumOfSquares(here);
                if (better) {
                    at = next;
                    here = there;
                    damping = Math.max(LEAST_DAMPING, damping / 5);
                } else {
                    damping *= 4;
                }
            }
            if (!better) {
                break;
            }
            jacobian = jacobian(at);
        }
        return new Minimum(at, here, jacobian);
    }

    private double[] step(double[] at, double[] here, double[][] jacobian, double damping) {
        double[][] normal = LinearAlgebra.gram(jacobian);
        double[] gradient = LinearAlgebra.transposedTimes(jacobian, here);
        double largest = 0;
        for (int i = 0; i < at.length; i++) {
            largest = Math.max(largest, normal[i][i]);
        }
        for (int i = 0; i < at.length; i++) {
            boolean presses = (at[i] <= lower[i] && gradient[i] > 0) || (at[i] >= upper[i] && gradient[i] < 0);
            if (presses) {
                Arrays.fill(normal[i], 0);
                for (double[] row : normal) {
                    row[i] = 0;
                }
                gradient[i] = 0;
            }
            normal[i][i] += damping * Math.max(normal[i][i], 1e-6 * largest) + 1e-12;
            gradient[i] = -gradient[i];
        }
        return LinearAlgebra.solve(normal, gradient);
    }

    private double[][] jacobian(double[] at) {
        int size = at.length;
        var columns = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[i] = Math.min(upper[i], at[i] + differences[i]);
            below[i] = Math.max(lower[i], at[i] - differences[i]);
            double width = above[i] - below[i];
            double[] high = residuals.at(above);
            double[] low = residuals.at(below);
            columns[i] = new double[high.length];
            for (int k = 0; k < high.length; k++) {
                columns[i][k] = width > 0 ? (high[k] - low[k]) / width : 0;
            }
        }
        return LinearAlgebra.transposed(columns);
    }

    /// Straight ahead, but no further than the linear view can be trusted.
    private static double[] shortened(double[] step) {
        double most = 0;
        for (double length : step) {
            most = Math.max(most, Math.abs(length));
        }
        double share = most > FURTHEST ? FURTHEST / most : 1;
        for (int i = 0; i < step.length; i++) {
            step[i] *= share;
        }
        return step;
    }

    private double[] project(double[] at) {
        var inside = at.clone();
        for (int i = 0; i < at.length; i++) {
            inside[i] = Math.clamp(at[i], lower[i], upper[i]);
        }
        return inside;
    }

    private static double[] sum(double[] one, double[] other) {
        var sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other[i];
        }
        return sum;
    }

    private static double distance(double[] one, double[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, Math.abs(one[i] - other[i]));
        }
        return most;
    }

    static double sumOfSquares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
