package io.sagebench.benchmark.experiment;

/// How many samples a percentile needs.
final class Percentiles {
    /// What may lie on one side of a two-sided confidence interval of 95 %.
    private static final double TAIL = 0.025;

    private Percentiles() {}

    /// Whether a 95 % confidence interval of the percentile exists that is bounded by samples on both sides: the largest of `n` samples is below the
    /// quantile `q` with probability `q^n`, which must be at most 2.5 % (Hahn and Meeker, Statistical Intervals, 1991, 5.2). That takes 6 samples for
    /// the median, 36 for p90, 72 for p95, 368 for p99 and 3,688 for p99.9.
    static boolean isKnown(double percent, long samples) {
        double quantile = Math.max(percent, 100 - percent) / 100;
        return Math.pow(quantile, (double) samples) <= TAIL;
    }

    /// The fewest samples for which it is.
    static long fewest(double percent) {
        double quantile = Math.max(percent, 100 - percent) / 100;
        return (long) Math.ceil(Math.log(TAIL) / Math.log(quantile));
    }
}
