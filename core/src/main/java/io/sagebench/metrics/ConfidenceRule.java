package io.sagebench.metrics;

import io.sagebench.metrics.Observations.Value;
import io.sagebench.random.Seed;
import io.sagebench.statistics.BlockBootstrap;
import io.sagebench.statistics.Dependence;
import io.sagebench.statistics.Difference;
import io.sagebench.statistics.Interval;
import io.sagebench.statistics.OrderStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How sure the figures of one run are. Means, shares and rates: Student's interval around the figure, with the standard error of a circular block
/// bootstrap and as many degrees of freedom as there are blocks, less one. Percentiles: order statistics, at the rank that the effective number of
/// samples gives, which is how many independent requests would tell as much of the share above the percentile.
final class ConfidenceRule {
    /// Fewer blocks say nothing of how blocks differ.
    static final int LEAST_BLOCKS = 5;

    private static final Seed SEED = new Seed(0).child("confidence");
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private ConfidenceRule() {}

    static Confidence of(Observations requests, CompletionTimes.Rates rates, Samples endToEnd, Samples ttft, Samples tbt) {
        int spans = rates.completed().length;
        return new Confidence(
                ofRate(requests, CellSums.of(rates, rates.completed(), spans)),
                ofRate(requests, CellSums.of(rates, rates.met(), spans)),
                ofRate(requests, CellSums.of(rates, rates.tokens(), spans)),
                ofShare(requests),
                ofLatency(requests, Value.END_TO_END, endToEnd),
                ofLatency(requests, Value.TTFT, ttft),
                ofGaps(requests, tbt));
    }

    /// A rate, which is never below zero. A run of seconds has hundreds of spans, whatever happened in them: it is requests that must be many enough.
    private static Bounds ofRate(Observations requests, CellSums spans) {
        if (requests.size() < LEAST_BLOCKS) {
            return new Bounds.Unknown("there are fewer than " + LEAST_BLOCKS + " samples");
        }
        Bounds bounds = ofMean(spans, Double.NaN);
        return bounds instanceof Bounds.Known(Interval interval, double effective)
                ? new Bounds.Known(new Interval(Math.max(0, interval.low()), interval.high()), effective)
                : bounds;
    }

    private static Bounds ofShare(Observations requests) {
        CellSums met = CellSums.of(requests, Value.MET);
        double share = met.mean();
        Bounds bounds = ofMean(met, share * (1 - share));
        if (bounds instanceof Bounds.Known(Interval interval, double effective)) {
            if (interval.low() == interval.high()) {
                // all or nothing leaves no spread to draw from: the exact binomial interval (Clopper and Pearson, 1934)
                double unseen = 1 - Math.pow((1 - Bounds.LEVEL) / 2, 1.0 / requests.size());
                Interval onesided = share == 1 ? new Interval(1 - unseen, 1) : new Interval(0, unseen);
                return new Bounds.Known(onesided, requests.size());
            }
            return new Bounds.Known(
                    new Interval(Math.max(0, interval.low()), Math.min(1, interval.high())), effective);
        }
        return bounds;
    }

    private static Confidence.OfLatency ofLatency(Observations requests, Value value, Samples samples) {
        Optional<LatencySummary> summary = samples.summary();
        if (summary.isEmpty()) {
            return Confidence.OfLatency.UNKNOWN;
        }
        double stddev = summary.get().stddev();
        Bounds mean = around(summary.get().mean(), ofMean(CellSums.of(requests, value), stddev * stddev));
        double[] effective = new double[QUANTILES.length];
        double[] at = {summary.get().p50(), summary.get().p95(), summary.get().p99()};
        for (int i = 0; i < effective.length; i++) {
            effective[i] = effectiveSize(requests, value, at[i]);
        }
        return new Confidence.OfLatency(mean, percentiles(samples, effective));
    }

    /// Gaps are not kept one by one: for their percentiles as many are taken to be independent as for their mean.
    private static Confidence.OfLatency ofGaps(Observations requests, Samples gaps) {
        Optional<LatencySummary> summary = gaps.summary();
        if (summary.isEmpty()) {
            return Confidence.OfLatency.UNKNOWN;
        }
        double stddev = summary.get().stddev();
        Bounds mean = around(summary.get().mean(), ofMean(CellSums.of(requests, Value.GAP), stddev * stddev));
        double size = mean instanceof Bounds.Known(Interval _, double effective) ? Math.min(effective, (double) gaps.count()) : 0;
        return new Confidence.OfLatency(mean, percentiles(gaps, new double[] {size, size, size}));
    }

    private static List<Bounds> percentiles(Samples samples, double[] effective) {
        var bounds = new ArrayList<Bounds>();
        List<Optional<Interval>> intervals = samples.intervals(QUANTILES, effective, Bounds.LEVEL);
        for (int i = 0; i < QUANTILES.length; i++) {
            double worth = effective[i];
            String why = tooFew(QUANTILES[i], samples.count(), worth);
            bounds.add(intervals.get(i)
                    .<Bounds>map(interval -> new Bounds.Known(interval, worth))
                    .orElseGet(() -> new Bounds.Unknown(why)));
        }
        return bounds;
    }

    static String tooFew(double quantile, long samples, double effective) {
        long needed = OrderStatistics.leastSamples(quantile, Bounds.LEVEL);
        return samples < needed
                ? String.format(Locale.ROOT, samples == 1 ? "%d sample is too few, %d are needed" : "%d samples are too few, %d are needed", samples, needed)
                : String.format(
                        Locale.ROOT,
                        "%d samples that depend on each other are worth %.0f, too few; %d are needed",
                        samples,
                        Math.floor(effective),
                        needed);
    }

    /// How many independent requests would tell as much of the share that lies above a value.
    static double effectiveSize(Observations requests, Value value, double above) {
        int cells = requests.cells();
        double[] sums = new double[cells];
        double[] counts = new double[cells];
        double n = 0;
        double over = 0;
        for (int i = 0; i < requests.size(); i++) {
            if (requests.count(value, i) > 0) {
                int cell = requests.cellOf(i);
                n++;
                counts[cell]++;
                if (requests.sum(value, i) > above) {
                    sums[cell]++;
                    over++;
                }
            }
        }
        if (n == 0) {
            return 0;
        }
        double share = over / n;
        Dependence dependence = new CellSums(sums, counts).dependence();
        double ofMean = dependence.longRunVariance() / cells;
        return ofMean <= 0 || share == 0 ? n : Math.clamp(share * (1 - share) / ofMean, 1, n);
    }

    private static Bounds around(double figure, Bounds bounds) {
        if (!(bounds instanceof Bounds.Known(Interval interval, double effective))) {
            return bounds;
        }
        double half = (interval.high() - interval.low()) / 2;
        return new Bounds.Known(new Interval(figure - half, figure + half), effective);
    }

    /// @param variance of a single value, for the effective number of samples; not a number when a single value has no meaning, as for a rate
    private static Bounds ofMean(CellSums cells, double variance) {
        double mean = cells.cells() == 0 ? Double.NaN : cells.mean();
        if (Double.isNaN(mean)) {
            return new Bounds.Unknown("nothing was measured");
        }
        Dependence dependence = cells.dependence();
        if (dependence.blocks() < LEAST_BLOCKS) {
            return new Bounds.Unknown(
                    cells.cells() < LEAST_BLOCKS
                            ? "there are fewer than " + LEAST_BLOCKS + " samples"
                            : "samples depend on each other over much of the run, which is worth fewer than " + LEAST_BLOCKS
                                    + " independent ones");
        }
        double error = new BlockBootstrap(cells.cells(), dependence.blockLength(), SEED).standardError(cells::mean);
        if (Double.isNaN(error)) {
            return new Bounds.Unknown("too few parts of the run have any such value");
        }
        double effective = error == 0 || Double.isNaN(variance) ? dependence.effectiveSize() : variance / (error * error);
        return new Bounds.Known(new Difference(mean, error, dependence.blocks() - 1).interval(Bounds.LEVEL), effective);
    }
}
