package io.sagebench.engine.sim.calibration;

import io.sagebench.request.Check;
import java.util.OptionalDouble;

/// One request as it was measured, on any clock of the level it belongs to.
///
/// @param sentAtNanos       when it was sent, or queued
/// @param promptTokens      of its prompt, at least 1
/// @param outputTokens      of its answer, at least 1
/// @param firstTokenAtNanos when the first token came, after the send
/// @param lastTokenAtNanos  when the last one came
public record ObservedRequest(
        long sentAtNanos, int promptTokens, int outputTokens, long firstTokenAtNanos, long lastTokenAtNanos) {
    public ObservedRequest {
        Check.atLeast(1, promptTokens, "prompt tokens");
        Check.atLeast(1, outputTokens, "output tokens");
        Check.atLeast(sentAtNanos + 1, firstTokenAtNanos, "the time of the first token");
        Check.atLeast(firstTokenAtNanos, lastTokenAtNanos, "the time of the last token");
    }

    /// Time to first token.
    public long ttftNanos() {
        return firstTokenAtNanos - sentAtNanos;
    }

    /// End-to-end latency.
    public long endToEndNanos() {
        return lastTokenAtNanos - sentAtNanos;
    }

    /// Time per output token; absent with one token, or when all came at once.
    public OptionalDouble tpotNanos() {
        return outputTokens < 2 || lastTokenAtNanos == firstTokenAtNanos
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (lastTokenAtNanos - firstTokenAtNanos) / (outputTokens - 1));
    }

    /// Prompt and answer.
    public int totalTokens() {
        return promptTokens + outputTokens;
    }
}
