package io.sagebench.report.chart;

import java.util.OptionalDouble;

/// An axis of numbers.
///
/// @param label       what it counts, with the unit: `End-to-end latency (ms)`
/// @param logarithmic whether equal steps multiply; only for values above 0
/// @param least       where it begins; chosen by whoever draws it when absent
/// @param most        where it ends; in the same way
public record Axis(String label, boolean logarithmic, OptionalDouble least, OptionalDouble most) {

    /// One from zero to what is needed.
    public static Axis fromZero(String label) {
        return new Axis(label, false, OptionalDouble.of(0), OptionalDouble.empty());
    }

    /// One from zero to a hundred percent.
    public static Axis percent(String label) {
        return new Axis(label, false, OptionalDouble.of(0), OptionalDouble.of(100));
    }

    /// One as long as is needed.
    public static Axis free(String label) {
        return new Axis(label, false, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// One of equal ratios.
    public static Axis logarithmic(String label) {
        return new Axis(label, true, OptionalDouble.empty(), OptionalDouble.empty());
    }
}
