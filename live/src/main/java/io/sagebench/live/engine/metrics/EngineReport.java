package io.sagebench.live.engine.metrics;

import io.sagebench.engine.ReportedLoad;
import io.sagebench.request.Check;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What an inference server said of itself the last time it was asked. What it does not tell is absent, never 0. Shares are of what happened in the
/// window before, never over the server's life.
///
/// @param sampledAtNanos when it said so, on the timeline
/// @param kind           whose names it used
/// @param running        requests it works on
/// @param waiting        requests in its own queue, for want of room
/// @param kvUsage        share of its KV cache in use by these, from 0 to 1
/// @param kvUsedTokens   tokens in its KV cache
/// @param windowNanos    how long before the sample the window of the next three began; 0 when this is the first sample since the server started
/// @param prefixHitRate  share of prompt tokens that came from the prefix cache, from 0 to 1
/// @param preemptions    running requests that had to give their KV cache up
/// @param acceptRate     share of guessed tokens that were right (speculative decoding), from 0 to 1
public record EngineReport(
        long sampledAtNanos,
        ServerKind kind,
        OptionalLong running,
        OptionalLong waiting,
        OptionalDouble kvUsage,
        OptionalLong kvUsedTokens,
        long windowNanos,
        OptionalDouble prefixHitRate,
        OptionalLong preemptions,
        OptionalDouble acceptRate) {
    public EngineReport {
        Check.notNegative(windowNanos, "windowNanos");
    }

    /// What policies get to see of it.
    public ReportedLoad load() {
        return new ReportedLoad(sampledAtNanos, running, waiting, kvUsage);
    }
}
