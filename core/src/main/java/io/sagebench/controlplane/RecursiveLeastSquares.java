package io.sagebench.controlplane;

/// Fits `y = c0*x0 + c1*x1 + c2*x2` to observations as they come, newer ones weighing more, with no coefficient below 0: recursive least
/// squares with exponential forgetting (Ljung: System Identification, 11.2). Starts from given coefficients, so that a cold start is sane.
final class RecursiveLeastSquares {
    private static final int N = 3;
    /// An observation 100 updates ago still weighs a third.
    private static final double WIDENING = 1 / Math.sqrt(0.99);
    /// How far the first coefficients may be off, as a share of them.
    private static final double FIRST_UNCERTAINTY = 0.5;
    /// No variance becomes smaller than this share of the first: an infinitely certain coefficient could not be widened again.
    private static final double LEAST_SHARE = 1e-12;

    private final double[] coefficients = new double[N];
    private final double[][] covariance = new double[N][N];
    private final double noise;
    private final double[] firstVariance = new double[N];
    private final double[] gain = new double[N];
    private final double[] widening = new double[N];

    /// @param first        coefficients to start from
    /// @param typicalError how far one observation is usually off the line, in the unit of y
    RecursiveLeastSquares(double[] first, double typicalError) {
        for (int i = 0; i < N; i++) {
            coefficients[i] = first[i];
            double deviation = Math.max(FIRST_UNCERTAINTY * first[i], 1e-3);
            firstVariance[i] = deviation * deviation;
            covariance[i][i] = firstVariance[i];
        }
        noise = typicalError * typicalError;
    }

    double estimate(double x0, double x1, double x2) {
        return coefficients[0] * x0 + coefficients[1] * x1 + coefficients[2] * x2;
    }

    double coefficient(int index) {
        return coefficients[index];
    }

    void observe(double x0, double x1, double x2, double y) {
        double spread = noise;
        for (int i = 0; i < N; i++) {
            gain[i] = covariance[i][0] * x0 + covariance[i][1] * x1 + covariance[i][2] * x2;
        }
        spread += x0 * gain[0] + x1 * gain[1] + x2 * gain[2];
        double error = y - estimate(x0, x1, x2);
        for (int i = 0; i < N; i++) {
            coefficients[i] = Math.max(0, coefficients[i] + gain[i] / spread * error);
            for (int j = 0; j < N; j++) {
                covariance[i][j] -= gain[i] * gain[j] / spread;
            }
        }
        forget(WIDENING);
    }

    /// What was learned is old: it weighs less against what comes.
    ///
    /// @param weight of the old observations, from 0, which forgets how certain they had made it, to 1
    void age(double weight) {
        forget(1 / Math.sqrt(weight));
    }

    /// Forgetting lets the covariance grow without end in directions that no observation tells about: each stops where it began, however large
    /// the factor is.
    private void forget(double factor) {
        for (int i = 0; i < N; i++) {
            covariance[i][i] = Math.max(covariance[i][i], LEAST_SHARE * firstVariance[i]); // rounding may leave it at 0 or below
            widening[i] = Math.clamp(Math.sqrt(firstVariance[i] / covariance[i][i]), 1, factor);
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                covariance[i][j] *= widening[i] * widening[j];
            }
        }
    }
}
