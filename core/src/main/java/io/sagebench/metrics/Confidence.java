package io.sagebench.metrics;

import java.util.List;

/// How sure the headline figures are.
///
/// @param throughput       completed requests per second
/// @param goodput          requests per second that met their service level
/// @param tokensPerSecond  output tokens of completed requests per second
/// @param attainment       share of requests that met their service level
/// @param endToEnd         of E2E, in nanoseconds
/// @param ttft             of TTFT, in nanoseconds
/// @param tbt              of TBT, in nanoseconds
public record Confidence(
        Bounds throughput,
        Bounds goodput,
        Bounds tokensPerSecond,
        Bounds attainment,
        OfLatency endToEnd,
        OfLatency ttft,
        OfLatency tbt) {
    private static final Bounds NOTHING = new Bounds.Unknown("nothing was measured");

    /// Nothing is known.
    public static final Confidence UNKNOWN = new Confidence(
            NOTHING, NOTHING, NOTHING, NOTHING, OfLatency.UNKNOWN, OfLatency.UNKNOWN, OfLatency.UNKNOWN);

    /// How sure the figures of one distribution are.
    public record OfLatency(Bounds mean, Bounds p50, Bounds p95, Bounds p99) {
        /// Nothing is known.
        public static final OfLatency UNKNOWN = new OfLatency(NOTHING, NOTHING, NOTHING, NOTHING);

        /// @param percentiles p50, p95 and p99
        OfLatency(Bounds mean, List<Bounds> percentiles) {
            this(mean, percentiles.get(0), percentiles.get(1), percentiles.get(2));
        }
    }
}
