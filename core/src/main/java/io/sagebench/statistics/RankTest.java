package io.sagebench.statistics;

import java.util.Arrays;

/// Whether values of one group tend to be larger than those of another: the rank sum test of Wilcoxon, Mann and Whitney (1945, 1947), with the
/// normal approximation, corrected for ties and continuity. The values must be independent of each other: for a series, means of blocks.
public final class RankTest {
    private RankTest() {}

    /// The probability of a difference at least as large when there is none; two-sided. 1 when all values are equal.
    public static double pValue(double[] one, double[] other) {
        double[] all = new double[one.length + other.length];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        Arrays.sort(all);
        double ranks = 0;
        for (double value : one) {
            ranks += meanRank(all, value);
        }
        double n = all.length;
        double ties = 0;
        for (int i = 0; i < all.length; ) {
            int end = i;
            while (end < all.length && all[end] == all[i]) {
                end++;
            }
            double equal = end - i;
            ties += equal * equal * equal - equal;
            i = end;
        }
        double u = ranks - one.length * (one.length + 1.0) / 2;
        double mean = (double) one.length * other.length / 2;
        double variance = mean / 6 * (n + 1 - ties / (n * (n - 1)));
        if (!(variance > 0)) {
            return 1;
        }
        double z = Math.max(0, Math.abs(u - mean) - 0.5) / Math.sqrt(variance);
        return Math.min(1, 2 * (1 - Probability.normalCdf(z)));
    }

    private static double meanRank(double[] sorted, double value) {
        int first = lowerBound(sorted, value);
        int after = lowerBound(sorted, Math.nextUp(value));
        return (first + 1 + after) / 2.0;
    }

    private static int lowerBound(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
