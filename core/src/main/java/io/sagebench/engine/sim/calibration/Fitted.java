package io.sagebench.engine.sim.calibration;

import java.util.OptionalDouble;

/// What a calibration says of one parameter.
///
/// @param parameter     which
/// @param start         where it started
/// @param value         what it is now
/// @param standardError of the value, as a share of it; absent when it was not fitted
/// @param standing      how it came to be
public record Fitted(Parameter parameter, double start, double value, OptionalDouble standardError, Standing standing) {
    /// How a value came to be.
    public enum Standing {
        /// By the fit.
        FITTED,
        /// It was known, and not fitted.
        GIVEN,
        /// The load says too little of it; it is as it was at the start, or the least that was seen.
        NOT_DETERMINED
    }
}
