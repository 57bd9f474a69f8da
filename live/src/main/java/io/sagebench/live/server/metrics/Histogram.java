package io.sagebench.live.server.metrics;

import java.util.Arrays;
import java.util.List;

/// Counts values by size. For one thread.
final class Histogram {
    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /// @param bounds upper bounds of the buckets, ascending; one at infinity is added
    Histogram(List<Double> bounds) {
        this.bounds = new double[bounds.size() + 1];
        for (int i = 0; i < bounds.size(); i++) {
            this.bounds[i] = bounds.get(i);
        }
        this.bounds[bounds.size()] = Double.POSITIVE_INFINITY;
        counts = new long[this.bounds.length];
    }

    /// Counts a value.
    void add(double value) {
        int found = Arrays.binarySearch(bounds, value);
        counts[found >= 0 ? found : -found - 1]++;
        sum += value;
    }

    /// Counts a time.
    void addNanos(long nanos) {
        add(nanos / 1e9);
    }

    /// Upper bounds of the buckets; the last is infinity.
    double[] bounds() {
        return bounds.clone();
    }

    /// How many values each bucket holds by itself.
    long[] counts() {
        return counts.clone();
    }

    /// Of all values.
    double sum() {
        return sum;
    }
}
