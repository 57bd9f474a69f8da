package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.view.Values;
import java.util.Arrays;
import java.util.List;

/// Sorted samples as lines and counts.
final class Distributions {
    private static final int MOST_POINTS = 240;
    private static final double PERCENT = 100;
    private static final double WIDE = 50;

    private Distributions() {}

    /// By linear interpolation at rank p (n - 1), as everywhere.
    ///
    /// @param p from 0 to 1
    static double percentile(double[] sorted, double p) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = p * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    /// Which percentiles a line through all samples is drawn at: each sample when they are few, else closer where the tail is.
    static double[] steps(int samples) {
        if (samples <= MOST_POINTS) {
            double[] each = new double[samples];
            Arrays.setAll(each, i -> samples == 1 ? 1 : (double) i / (samples - 1));
            return each;
        }
        double[] steps = new double[MOST_POINTS];
        int body = MOST_POINTS - MOST_POINTS / 4;
        Arrays.setAll(steps, i -> i < body ? 0.95 * i / body : 0.95 + 0.05 * (i - body) / (MOST_POINTS - body - 1));
        return steps;
    }

    static Values at(double[] sorted, double[] steps) {
        return Values.of(Arrays.stream(steps).map(step -> percentile(sorted, step)).toArray());
    }

    static Values percent(double[] steps) {
        return Values.of(Arrays.stream(steps).map(step -> PERCENT * step).toArray());
    }

    /// Whether the tail is so long that only a logarithmic axis shows the body beside it.
    static boolean wide(List<double[]> sorted) {
        double least = sorted.stream().filter(one -> one.length > 0).mapToDouble(one -> one[0]).min().orElse(0);
        double middle = sorted.stream().filter(one -> one.length > 0).mapToDouble(one -> percentile(one, 0.5)).min().orElse(0);
        double most = sorted.stream().filter(one -> one.length > 0).mapToDouble(one -> one[one.length - 1]).max().orElse(0);
        return least > 0 && most / middle > WIDE;
    }

    static Axis axis(String label, boolean wide) {
        return wide ? Axis.logarithmic(label) : Axis.fromZero(label);
    }

    /// Edges of equal steps, or of equal ratios, over all of these.
    static double[] edges(List<double[]> sorted, int bins, boolean wide) {
        double least = sorted.stream().filter(one -> one.length > 0).mapToDouble(one -> one[0]).min().orElse(0);
        double most = sorted.stream().filter(one -> one.length > 0).mapToDouble(one -> one[one.length - 1]).max().orElse(1);
        double end = most > least ? most : least + Math.max(1, Math.abs(least)) / PERCENT; // all alike: one bar
        double[] edges = new double[bins + 1];
        Arrays.setAll(edges, i -> wide ? least * Math.pow(end / least, (double) i / bins) : least + (end - least) * i / bins);
        edges[0] = least;
        edges[bins] = end;
        return edges;
    }

    /// How many fall between each two edges; the last edge belongs to the last bar.
    static double[] counts(double[] sorted, double[] edges) {
        double[] counts = new double[edges.length - 1];
        int bin = 0;
        for (double value : sorted) {
            while (bin < counts.length - 1 && value >= edges[bin + 1]) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
