package io.sagebench.metrics;

import io.sagebench.statistics.Interval;
import io.sagebench.statistics.OrderStatistics;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Gathers the samples of one distribution. Keeps them all up to a limit and gives exact percentiles; beyond it keeps a histogram with three
/// digits, so that memory stays flat. Belongs to one thread.
public final class Samples {
    /// Samples kept exactly unless said otherwise.
    public static final int EXACT_LIMIT = 1_000_000;

    private static final int DIGITS = 3;

    private final int exactLimit;
    private long[] values = new long[16];
    private int kept;
    private @Nullable Histogram histogram;
    private long count;
    private final WideSum sum = new WideSum();
    private final WideSum squares = new WideSum();
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    /// Keeps up to [#EXACT_LIMIT] samples exactly.
    public Samples() {
        this(EXACT_LIMIT);
    }

    /// @param exactLimit how many samples are kept exactly; 0 for a histogram from the start
    public Samples(int exactLimit) {
        this.exactLimit = exactLimit;
    }

    /// A copy that goes on by itself.
    Samples copy() {
        var copy = new Samples(exactLimit);
        copy.values = values.clone();
        copy.kept = kept;
        copy.histogram = histogram == null ? null : histogram.copy();
        copy.count = count;
        copy.sum.add(sum);
        copy.squares.add(squares);
        copy.min = min;
        copy.max = max;
        return copy;
    }

    /// Takes one sample, in nanoseconds. A negative one is kept as it is while percentiles are exact, and as 0 in the histogram.
    public void add(long nanos) {
        add(nanos, 1);
    }

    /// Takes the same sample `times` times.
    public void add(long nanos, long times) {
        count += times;
        sum.addProduct(nanos, times);
        squares.addProduct(Math.multiplyExact(nanos, times), nanos);
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        if (histogram == null && kept + times > exactLimit) {
            histogram = new Histogram(DIGITS);
            for (int i = 0; i < kept; i++) {
                histogram.recordValue(Math.max(0, values[i]));
            }
            values = new long[0];
        }
        if (histogram != null) {
            histogram.recordValueWithCount(Math.max(0, nanos), times);
        } else {
            keep(nanos, (int) times);
        }
    }

    private void keep(long nanos, int times) {
        if (kept + times > values.length) {
            values = Arrays.copyOf(values, Math.min(exactLimit, Math.max(kept + times, kept * 2)));
        }
        Arrays.fill(values, kept, kept + times, nanos);
        kept += times;
    }

    /// How many samples came.
    public long count() {
        return count;
    }

    /// The distribution so far; absent without samples.
    public Optional<LatencySummary> summary() {
        if (count == 0) {
            return Optional.empty();
        }
        BigInteger total = sum.value();
        BigInteger n = BigInteger.valueOf(count);
        double mean = total.doubleValue() / count;
        // n² times the variance, exact: no digits are lost however the samples lie
        double scaledVariance = n.multiply(squares.value()).subtract(total.multiply(total)).doubleValue();
        double stddev = Math.sqrt(scaledVariance) / count;
        Histogram beyond = histogram;
        if (beyond != null) {
            return Optional.of(new LatencySummary(
                    count,
                    false,
                    mean,
                    stddev,
                    min,
                    percentile(beyond, 50),
                    percentile(beyond, 90),
                    percentile(beyond, 95),
                    percentile(beyond, 99),
                    percentile(beyond, 99.9),
                    max));
        }
        long[] sorted = Arrays.copyOf(values, kept);
        Arrays.sort(sorted);
        return Optional.of(new LatencySummary(
                count,
                true,
                mean,
                stddev,
                min,
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 99.9),
                max));
    }

    /// The interval of each of several percentiles, where there is one.
    ///
    /// @param quantiles as shares: 0.99
    /// @param effective how many independent samples these are worth for each
    List<Optional<Interval>> intervals(double[] quantiles, double[] effective, double level) {
        var intervals = new ArrayList<Optional<Interval>>();
        Histogram beyond = histogram;
        long[] sorted = Arrays.copyOf(values, kept);
        Arrays.sort(sorted);
        for (int i = 0; i < quantiles.length; i++) {
            double worth = Math.floor(Math.min(effective[i], (double) count));
            if (worth < 1) {
                intervals.add(Optional.empty());
            } else if (beyond == null) {
                intervals.add(OrderStatistics.interval(sorted, worth, quantiles[i], level));
            } else {
                intervals.add(OrderStatistics.ranks((long) worth, quantiles[i], level)
                        .map(ranks -> new Interval(
                                percentile(beyond, 100 * (ranks.lower() - 1) / worth),
                                percentile(beyond, 100 * ranks.upper() / worth))));
            }
        }
        return intervals;
    }

    /// A histogram answers with the upper end of a bucket, which may lie beyond the largest sample.
    private double percentile(Histogram beyond, double percent) {
        return Math.min(max, beyond.getValueAtPercentile(percent));
    }

    /// The value at rank `percent / 100 * (n - 1)` of sorted samples, interpolated linearly between its two neighbours (the default of NumPy,
    /// method 7 of Hyndman and Fan, 1996).
    ///
    /// @param sorted  at least one sample, in rising order
    /// @param percent from 0 to 100
    public static double percentile(long[] sorted, double percent) {
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
