package io.sagebench.metrics.recent;

/// Percentiles of a latency over a short time, to within 2 %.
///
/// @param count    of how many; when it is 0 the others say nothing
/// @param p50Nanos half were at most this long
/// @param p95Nanos 95 %
/// @param p99Nanos 99 %
public record LatencyPercentiles(long count, long p50Nanos, long p95Nanos, long p99Nanos) {
    /// Of nothing.
    public static final LatencyPercentiles NONE = new LatencyPercentiles(0, 0, 0, 0);

    /// Whether there is anything to tell.
    public boolean isKnown() {
        return count > 0;
    }
}
