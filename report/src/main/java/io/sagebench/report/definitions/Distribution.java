package io.sagebench.report.definitions;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Samples of one figure, in seconds, each with a weight that is 1 for most tools.
public final class Distribution {
    private double[] seconds = new double[64];
    private double[] weights = new double[64];
    private int size;

    void add(double value, double weight) {
        if (size == seconds.length) {
            seconds = Arrays.copyOf(seconds, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        seconds[size] = value;
        weights[size++] = weight;
    }

    /// How many samples came.
    public int size() {
        return size;
    }

    /// The samples in the order in which they came.
    public double[] samples() {
        return Arrays.copyOf(seconds, size);
    }

    /// The mean, weighted.
    public double mean() {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < size; i++) {
            sum += seconds[i] * weights[i];
            weight += weights[i];
        }
        return sum / weight;
    }

    /// The standard deviation of the whole, weighted.
    public double stddev() {
        double mean = mean();
        double squares = 0;
        double weight = 0;
        for (int i = 0; i < size; i++) {
            squares += (seconds[i] - mean) * (seconds[i] - mean) * weights[i];
            weight += weights[i];
        }
        return Math.sqrt(squares / weight);
    }

    /// Linear between the two nearest samples, without weights.
    double linear(double percent) {
        double[] sorted = samples();
        Arrays.sort(sorted);
        double rank = percent / 100 * (size - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, size - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    /// The smallest sample with at least that share of all weight at or below it.
    double inverse(double percent) {
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> seconds[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double all = Arrays.stream(weights, 0, size).sum();
        double below = 0;
        for (int i : order) {
            below += weights[i];
            if (below >= percent / 100 * all * (1 - 1e-12)) {
                return seconds[i];
            }
        }
        return seconds[order[size - 1]];
    }
}
