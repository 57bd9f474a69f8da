package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.calibration.CalibrationResult.Entangled;
import java.util.List;
import java.util.Optional;

/// How sure the parameters of a fit are: the covariance of the errors of their logarithms, s² (JᵀJ)⁻¹. Requests of one level share their errors,
/// so it is rather too small.
final class Certainty {
    private static final double HARDLY_APART = 0.95;
    /// What the load says nothing of must not be divided by 0.
    private static final double SLIGHTEST = 1e-9;
    /// Not even a replay without any noise is surer than this.
    private static final double LEAST_VARIANCE = 1e-8;

    private final List<Parameter> parameters;
    private final double[][] covariance;

    private Certainty(List<Parameter> parameters, double[][] covariance) {
        this.parameters = parameters;
        this.covariance = covariance;
    }

    /// @param parameters of the minimum, in their order
    static Certainty of(LeastSquares.Minimum minimum, List<Parameter> parameters) {
        double[][] normal = minimum.normalMatrix();
        double largest = 1e-12;
        for (int i = 0; i < normal.length; i++) {
            largest = Math.max(largest, normal[i][i]);
        }
        for (int i = 0; i < normal.length; i++) {
            normal[i][i] += SLIGHTEST * largest;
        }
        double[][] covariance = LinearAlgebra.inverse(normal);
        int degrees = Math.max(1, minimum.observations() - normal.length);
        double variance = Math.max(minimum.cost() / degrees, LEAST_VARIANCE);
        for (double[] row : covariance) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= variance;
            }
        }
        return new Certainty(List.copyOf(parameters), covariance);
    }

    /// Of the logarithm, so as a share of the value.
    double standardError(Parameter parameter) {
        int place = parameters.indexOf(parameter);
        return Math.sqrt(covariance[place][place]);
    }

    /// The two of these that the load tells apart worst, if it hardly can.
    Optional<Entangled> entangled(List<Parameter> among) {
        Optional<Entangled> worst = Optional.empty();
        double most = HARDLY_APART;
        for (int i = 0; i < parameters.size(); i++) {
            for (int k = 0; k < i; k++) {
                double correlation = covariance[i][k] / Math.sqrt(covariance[i][i] * covariance[k][k]);
                if (Math.abs(correlation) > most && among.contains(parameters.get(i)) && among.contains(parameters.get(k))) {
                    most = Math.abs(correlation);
                    worst = Optional.of(new Entangled(parameters.get(k), parameters.get(i), correlation));
                }
            }
        }
        return worst;
    }
}
