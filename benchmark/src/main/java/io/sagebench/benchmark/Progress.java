package io.sagebench.benchmark;

import java.util.OptionalLong;

/// Where a measured window is.
///
/// @param turn         which
/// @param elapsedNanos since it began, on the run's timeline
/// @param sent         requests sent so far
/// @param ended        of these, ended in any way
/// @param errors       of these, not completed
/// @param p50Nanos     median of the end-to-end latency so far; absent before the first completion
/// @param p99Nanos     99th percentile of the end-to-end latency so far; absent before the first completion
public record Progress(Turn turn, long elapsedNanos, long sent, long ended, long errors, OptionalLong p50Nanos, OptionalLong p99Nanos) {

    /// Sent and not ended.
    public long inFlight() {
        return sent - ended;
    }
}
