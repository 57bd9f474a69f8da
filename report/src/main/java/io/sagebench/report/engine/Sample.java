package io.sagebench.report.engine;

import java.util.Arrays;
import java.util.OptionalDouble;

/// The samples of one figure.
final class Sample {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    OptionalDouble mean() {
        return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(Arrays.stream(values, 0, size).sum() / size);
    }

    /// The sample standard deviation (over n - 1); 0 for a single value.
    OptionalDouble deviation() {
        if (size < 2) {
            return size == 0 ? OptionalDouble.empty() : OptionalDouble.of(0);
        }
        double mean = mean().orElseThrow();
        double squares = Arrays.stream(values, 0, size).map(value -> (value - mean) * (value - mean)).sum();
        return OptionalDouble.of(Math.sqrt(squares / (size - 1)));
    }

    /// Interpolated linearly between the two nearest values, at rank `percent / 100 * (n - 1)`.
    OptionalDouble percentile(double percent) {
        if (size == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        double rank = percent / 100 * (size - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, size - 1);
        return OptionalDouble.of(sorted[below] + (rank - below) * (sorted[above] - sorted[below]));
    }
}
