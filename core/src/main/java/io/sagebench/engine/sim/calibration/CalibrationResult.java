package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import java.util.List;
import java.util.Optional;

/// A calibrated profile, and how much to believe of it.
///
/// @param profile    with what was fitted
/// @param fitted     each parameter
/// @param before     errors of the profile it started from, on the requests the fit did not look at
/// @param used       errors on the requests it did look at
/// @param heldOut    errors on the others
/// @param entangled  the two parameters that the load tells apart worst, if it hardly can
public record CalibrationResult(
        EngineProfile profile,
        List<Fitted> fitted,
        FitError before,
        FitError used,
        FitError heldOut,
        Optional<Entangled> entangled) {
    public CalibrationResult {
        fitted = List.copyOf(fitted);
    }

    /// Two parameters of which one can make up for the other.
    ///
    /// @param correlation of their errors, from -1 to 1
    public record Entangled(Parameter one, Parameter other, double correlation) {}

    /// What is said of one parameter.
    public Fitted of(Parameter parameter) {
        return fitted.stream().filter(each -> each.parameter() == parameter).findFirst().orElseThrow();
    }
}
