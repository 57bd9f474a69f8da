package io.sagebench.metrics;

/// A distribution in numbers, all but `count` in nanoseconds. Percentiles interpolate linearly between the two nearest samples, at rank
/// `p / 100 * (n - 1)`; beyond a million samples they come from a histogram with three digits.
///
/// @param count   how many samples, at least 1
/// @param exact   whether percentiles come from the samples themselves
/// @param stddev  population standard deviation
public record LatencySummary(
        long count,
        boolean exact,
        double mean,
        double stddev,
        double min,
        double p50,
        double p90,
        double p95,
        double p99,
        double p999,
        double max) {}
