package io.sagebench.benchmark.calibrate;

import io.sagebench.engine.sim.calibration.CalibrationResult;
import java.util.List;

/// What came of a calibration.
public sealed interface CalibrationOutcome {

    /// A profile.
    ///
    /// @param result the fit
    /// @param source what was measured, in words
    /// @param notes  what a person should know
    record Fitted(CalibrationResult result, String source, List<String> notes) implements CalibrationOutcome {
        public Fitted {
            notes = List.copyOf(notes);
        }
    }

    /// None: there was nothing to fit to.
    ///
    /// @param messages what was tried, what came of it and what to do next
    record Failed(List<String> messages) implements CalibrationOutcome {
        public Failed {
            messages = List.copyOf(messages);
        }
    }
}
