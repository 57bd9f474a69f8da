package io.sagebench.statistics;

/// An interval that would hold the truth in a stated share of such measurements.
///
/// @param low  its lower end
/// @param high its upper end, not below `low`
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low must not be above high, but is " + low + " and " + high);
        }
    }

    /// Whether a value is in it.
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /// The same in another unit.
    public Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }
}
