package io.sagebench.metrics;

import io.sagebench.statistics.Interval;
import java.util.Optional;

/// Between which values the truth behind a figure lies, with 95 % confidence.
public sealed interface Bounds {
    /// The confidence of every interval.
    double LEVEL = 0.95;

    /// They are known.
    ///
    /// @param interval         holds the truth in 95 of 100 such measurements
    /// @param effectiveSamples how many independent samples would tell as much
    record Known(Interval interval, double effectiveSamples) implements Bounds {}

    /// They are not.
    ///
    /// @param why in words that follow "because"
    record Unknown(String why) implements Bounds {}

    /// The interval, where it is known.
    default Optional<Interval> known() {
        return switch (this) {
            case Known(Interval interval, double _) -> Optional.of(interval);
            case Unknown _ -> Optional.empty();
        };
    }
}
