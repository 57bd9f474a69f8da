package io.sagebench.report.engine.gate;

import io.sagebench.report.engine.EngineField;
import io.sagebench.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/// What became of one figure of one workload since the baseline.
///
/// @param workload  by name
/// @param field     which figure
/// @param before    its value in the baseline; absent when it was not measured
/// @param after     its value now, likewise
/// @param worsening by which share it is worse, or better when negative; of a share, the difference. Absent without both values, or a baseline of 0
/// @param interval  holds the true worsening with 95 % confidence; absent with fewer than three measurements on either side
/// @param verdict   what is to be said
public record EngineChange(
        String workload,
        EngineField field,
        OptionalDouble before,
        OptionalDouble after,
        OptionalDouble worsening,
        Optional<Interval> interval,
        Verdict verdict) {

    /// What is to be said of a change.
    public enum Verdict {
        /// Within what is allowed.
        OK("ok"),
        /// Better by more than would be a warning, and not by chance as far as is known.
        IMPROVED("improved"),
        /// Worse by more than is allowed, but repeats differ among themselves as much.
        NOISE("within noise"),
        /// Worse by more than is allowed, as was expected.
        EXPECTED("expected"),
        /// Worse by more than is allowed.
        WARNING("warning"),
        /// Worse by so much that it must not go unseen.
        CRITICAL("critical"),
        /// Was measured before, and is not any more.
        LOST("not measured any more"),
        /// Cannot be compared: nothing was measured, or there is no ratio with 0.
        UNKNOWN("not comparable");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }
}
