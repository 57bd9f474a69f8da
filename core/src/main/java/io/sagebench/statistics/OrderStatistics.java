package io.sagebench.statistics;

import io.sagebench.request.Check;
import java.util.Optional;

/// Distribution-free intervals for percentiles: the interval ends at two samples, chosen by their ranks alone. How many samples lie below the
/// true percentile is binomial, whatever the samples' distribution (Hahn and Meeker, Statistical Intervals, 1991, 5.2).
public final class OrderStatistics {
    private OrderStatistics() {}

    /// The ranks, from 1 to n, of the samples at which the interval ends.
    ///
    /// @param lower    rank of the lower end
    /// @param upper    rank of the upper end, above `lower`
    /// @param coverage the probability that the percentile lies between them, at least the level asked for
    public record Ranks(long lower, long upper, double coverage) {}

    /// The ranks for a percentile: with equal tails as far as the ranks allow, else shifted to where samples are. Absent when even the smallest and
    /// largest sample do not hold it with that confidence, so that there is no such interval.
    ///
    /// @param samples  how many independent samples there are
    /// @param quantile which percentile, as a share: 0.99
    /// @param level    for example 0.95
    public static Optional<Ranks> ranks(long samples, double quantile, double level) {
        if (samples < leastSamples(quantile, level)) {
            return Optional.empty();
        }
        double tail = (1 - level) / 2;
        // lower: the largest rank r with P(fewer than r samples below) <= tail, so that r - 1 successes at most have that probability
        long lower = Math.max(1, smallestCount(samples, quantile, tail));
        long upper = Math.min(samples, smallestCount(samples, quantile, 1 - tail) + 1);
        while (coverage(samples, quantile, lower, upper) < level) {
            boolean canRise = upper < samples;
            boolean canFall = lower > 1;
            double rising = canRise ? coverage(samples, quantile, lower, upper + 1) : -1;
            double falling = canFall ? coverage(samples, quantile, lower - 1, upper) : -1;
            if (rising >= falling) {
                upper++;
            } else {
                lower--;
            }
        }
        return Optional.of(new Ranks(lower, upper, coverage(samples, quantile, lower, upper)));
    }

    /// How many independent samples such an interval needs at least: `1 - q^n - (1 - q)^n` must reach the level.
    public static long leastSamples(double quantile, double level) {
        check(quantile, "quantile");
        check(level, "level");
        double rarer = Math.max(quantile, 1 - quantile);
        long least = Math.max(2, (long) Math.floor(Math.log(1 - level) / Math.log(rarer)));
        while (1 - Math.pow(quantile, (double) least) - Math.pow(1 - quantile, (double) least) < level) {
            least++;
        }
        return least;
    }

    /// The probability that the percentile lies between the samples of these ranks: at least `lower` and at most `upper - 1` samples below it.
    static double coverage(long samples, double quantile, long lower, long upper) {
        return Probability.binomialCdf(upper - 1, samples, quantile) - Probability.binomialCdf(lower - 1, samples, quantile);
    }

    /// The smallest k with P(at most k below) >= p.
    private static long smallestCount(long samples, double quantile, double p) {
        long low = 0;
        long high = samples;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (Probability.binomialCdf(middle, samples, quantile) >= p) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void check(double share, String name) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, but is " + share);
        }
    }

    /// The interval of a percentile from sorted samples that are worth only `effective` independent ones: the ranks of so many, spread over all.
    ///
    /// @param sorted    at least one, in rising order
    /// @param effective from 1 to the number of samples
    public static Optional<Interval> interval(long[] sorted, double effective, double quantile, double level) {
        Check.atLeast(1, sorted.length, "the number of samples");
        long worth = (long) Math.floor(Math.min(effective, sorted.length));
        return ranks(Math.max(1, worth), quantile, level).map(ranks -> {
            double stretch = (double) sorted.length / worth;
            int low = (int) Math.clamp(Math.floor((ranks.lower() - 1) * stretch), 0, sorted.length - 1);
            int high = (int) Math.clamp(Math.ceil(ranks.upper() * stretch) - 1, 0, sorted.length - 1);
            return new Interval(sorted[low], sorted[high]);
        });
    }
}
