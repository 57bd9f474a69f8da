package io.sagebench.controlplane;

import io.sagebench.controlplane.ControlPlaneMetrics.EstimatorError;
import io.sagebench.metrics.Samples;

/// How well one kind of estimate does: the distribution of its relative errors, in steps of a millionth.
final class EstimateErrors {
    private static final double RESOLUTION = 1e6;
    private static final double CLOSE = 0.10;

    private final Samples relative = new Samples(0);
    private long close;

    void add(double estimated, double measured) {
        if (measured <= 0) {
            return; // no relative error to speak of
        }
        double error = Math.abs(estimated - measured) / measured;
        relative.add(Math.round(error * RESOLUTION));
        if (error <= CLOSE) {
            close++;
        }
    }

    EstimatorError summary() {
        return relative.summary()
                .map(errors -> new EstimatorError(
                        errors.count(),
                        errors.mean() / RESOLUTION,
                        errors.p95() / RESOLUTION,
                        (double) close / errors.count()))
                .orElse(new EstimatorError(0, 0, 0, 0));
    }
}
