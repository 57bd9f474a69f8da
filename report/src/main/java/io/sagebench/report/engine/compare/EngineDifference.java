package io.sagebench.report.engine.compare;

import io.sagebench.report.engine.EngineField;
import io.sagebench.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/// How one figure of one workload differs between the baseline and another engine.
///
/// @param workload  by name
/// @param field     which figure
/// @param baseline  its value there; absent when it was not measured
/// @param value     its value here, likewise
/// @param worsening by which share it is worse here, or better when negative; absent when it cannot be told
/// @param interval  holds the true worsening with 95 % confidence; absent with fewer than three rounds
/// @param pValue    probability of such a difference by chance, corrected for the number of figures; absent as `interval` is
public record EngineDifference(
        String workload,
        EngineField field,
        OptionalDouble baseline,
        OptionalDouble value,
        OptionalDouble worsening,
        Optional<Interval> interval,
        OptionalDouble pValue) {
    private static final double CHANCE = 0.05;

    /// What is to be said of a difference.
    public enum Verdict {
        /// More than chance, for the better.
        BETTER("better"),
        /// More than chance, for the worse.
        WORSE("worse"),
        /// Not more than chance explains.
        NO_DIFFERENCE("none found"),
        /// Could not be told.
        NOT_TESTED("not tested");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }

    /// What is to be said of it.
    public Verdict verdict() {
        if (worsening.isEmpty() || pValue.isEmpty()) {
            return Verdict.NOT_TESTED;
        }
        if (pValue.getAsDouble() > CHANCE || worsening.getAsDouble() == 0) {
            return Verdict.NO_DIFFERENCE;
        }
        return worsening.getAsDouble() > 0 ? Verdict.WORSE : Verdict.BETTER;
    }
}
