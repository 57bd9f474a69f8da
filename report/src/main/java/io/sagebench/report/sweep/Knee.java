package io.sagebench.report.sweep;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import java.util.List;
import java.util.Optional;

/// The highest rate that is still served.
///
/// A rate counts as served when so do all lower ones, and
///
///   - at least 95 % of its requests completed,
///   - its throughput is at least 95 % of what its load allows, `n / (span + longest)`, where `n` requests arrive over `span`, and `longest` is the
///     longest end-to-end latency at the lowest rate: the last answer may come so much after the last arrival, and a queue makes it later;
///   - its share of promises kept is at most 5 points below the best of any rate.
///
/// A span not much longer than an answer cannot show a queue, so a knee wants runs of some length.
///
/// @param ratePerSecond  the rate
/// @param throughput     completed requests per second there
/// @param isHighest      whether it is the highest rate measured, so that the knee may lie beyond
public record Knee(double ratePerSecond, double throughput, boolean isHighest) {
    /// Of the requests, and of the throughput that the load allows.
    public static final double SERVED_SHARE = 0.95;
    /// By how much attainment may be below the best.
    public static final double ATTAINMENT_SLACK = 0.05;
    /// The rule in words, for reports.
    public static final String RULE = "the highest rate up to which every rate is served: at least 95 % of its requests completed; its throughput is at"
            + " least 95 % of n / (span + longest), with n requests arriving over span and longest the longest end-to-end latency at the lowest"
            + " rate; its SLO rate is at most 5 points below the best of any rate";

    /// @param rates from the lowest to the highest
    static Optional<Knee> among(List<RateResult> rates) {
        Optional<Knee> knee = Optional.empty();
        if (rates.isEmpty()) {
            return knee;
        }
        double longestSeconds = metrics(rates.getFirst()).endToEnd().map(LatencySummary::max).orElse(0.0) / 1e9;
        double best = rates.stream().mapToDouble(rate -> attainment(metrics(rate))).max().orElse(0);
        for (RateResult rate : rates) {
            RunMetrics metrics = metrics(rate);
            if (!isServed(metrics, longestSeconds, best)) {
                break;
            }
            knee = Optional.of(new Knee(
                    rate.ratePerSecond(), metrics.throughput().requestsPerSecond().orElse(0), rate.equals(rates.getLast())));
        }
        return knee;
    }

    private static boolean isServed(RunMetrics metrics, double longestSeconds, double bestAttainment) {
        long total = metrics.counts().total();
        return metrics.counts().completed() >= SERVED_SHARE * total
                && metrics.throughput().requestsPerSecond().orElse(0) >= SERVED_SHARE * total / (spanSeconds(metrics) + longestSeconds)
                && attainment(metrics) >= bestAttainment - ATTAINMENT_SLACK;
    }

    /// From the first arrival to the last; 0 when all came at once.
    private static double spanSeconds(RunMetrics metrics) {
        double offered = metrics.throughput().offeredRequestsPerSecond().orElse(Double.POSITIVE_INFINITY);
        return (metrics.counts().total() - 1) / offered;
    }

    private static double attainment(RunMetrics metrics) {
        return metrics.slo().attainment().orElse(0);
    }

    private static RunMetrics metrics(RateResult rate) {
        return rate.policy().metrics();
    }
}
