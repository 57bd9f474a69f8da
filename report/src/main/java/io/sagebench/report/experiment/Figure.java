package io.sagebench.report.experiment;

import java.util.OptionalDouble;

/// A cell of a table: a text, or a number with its unit, which may not be known.
///
/// @param unit  how it is shown
/// @param text  of a text
/// @param value of a number
public record Figure(Unit unit, String text, OptionalDouble value) {

    /// What a number counts.
    public enum Unit {
        TEXT,
        /// Requests per second.
        RATE,
        /// Nanoseconds, shown as milliseconds.
        NANOS,
        /// From 0 to 1, shown as a percentage.
        SHARE,
        /// US dollars.
        USD,
        /// Anything else, shown with three decimals.
        NUMBER,
        /// A whole number.
        COUNT
    }

    public static Figure text(String text) {
        return new Figure(Unit.TEXT, text, OptionalDouble.empty());
    }

    public static Figure of(Unit unit, OptionalDouble value) {
        return new Figure(unit, "", value);
    }

    public static Figure of(Unit unit, double value) {
        return of(unit, OptionalDouble.of(value));
    }
}
