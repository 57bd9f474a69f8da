package io.sagebench.metrics;

import io.sagebench.metrics.Observations.Value;
import io.sagebench.statistics.BlockBootstrap;
import io.sagebench.statistics.Dependence;

/// Sums and counts of one kind of value over cells of neighbouring requests: what a mean or share is made of, cell by cell.
final class CellSums {
    private final double[] sums;
    private final double[] counts;

    /// @param sums   of the values in each cell
    /// @param counts how many values these are
    CellSums(double[] sums, double[] counts) {
        this.sums = sums;
        this.counts = counts;
    }

    static CellSums of(Observations requests, Value value) {
        double[] sums = new double[requests.cells()];
        double[] counts = new double[requests.cells()];
        for (int i = 0; i < requests.size(); i++) {
            double count = requests.count(value, i);
            if (count > 0) {
                sums[requests.cellOf(i)] += requests.sum(value, i);
                counts[requests.cellOf(i)] += count;
            }
        }
        return new CellSums(sums, counts);
    }

    /// Values of each span of time against its seconds.
    static CellSums of(CompletionTimes.Rates rates, long[] counts, int spans) {
        double[] sums = new double[spans];
        double[] seconds = new double[spans];
        for (int i = 0; i < spans; i++) {
            sums[i] = i < counts.length ? counts[i] : 0;
            seconds[i] = rates.seconds(i);
        }
        return new CellSums(sums, seconds);
    }

    int cells() {
        return sums.length;
    }

    /// The mean of all.
    double mean() {
        return ratio(sum(sums), sum(counts));
    }

    /// The mean of a drawing, see [BlockBootstrap].
    double mean(int[] times) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < times.length; i++) {
            sum += times[i] * sums[i];
            count += times[i] * counts[i];
        }
        return ratio(sum, count);
    }

    /// How each cell pulls the mean away from what it is: the linear part of the ratio of sums (Cochran, Sampling Techniques, 1977, 6.3).
    double[] pulls() {
        double mean = mean();
        double meanCount = sum(counts) / counts.length;
        double[] pulls = new double[sums.length];
        for (int i = 0; i < pulls.length; i++) {
            pulls[i] = (sums[i] - mean * counts[i]) / meanCount;
        }
        return pulls;
    }

    Dependence dependence() {
        return Dependence.of(pulls());
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double ratio(double sum, double count) {
        return count == 0 ? Double.NaN : sum / count;
    }
}
