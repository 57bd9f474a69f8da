package io.sagebench.engine.sim.calibration;

import io.sagebench.request.Check;
import java.util.OptionalDouble;

/// One request as it was measured, on any clock of the level it belongs to.
///
/// @param sentAtNanos       when it was sent, or queued
/// @param promptTokens      of its prompt, from 1 to [#MOST_TOKENS]
/// @param outputTokens      of its answer, likewise
/// @param firstTokenAtNanos when the first token came, after the send
/// @param lastTokenAtNanos  when the last one came
public record ObservedRequest(
        long sentAtNanos, int promptTokens, int outputTokens, long firstTokenAtNanos, long lastTokenAtNanos) {
    /// More than any model takes: above it a number is a mistake, and a replay would not end.
    public static final int MOST_TOKENS = 10_000_000;

    public ObservedRequest {
        checkTokens(promptTokens, "prompt tokens");
        checkTokens(outputTokens, "output tokens");
        Check.atLeast(sentAtNanos + 1, firstTokenAtNanos, "the time of the first token");
        Check.atLeast(firstTokenAtNanos, lastTokenAtNanos, "the time of the last token");
    }

    private static void checkTokens(int tokens, String name) {
        if (Check.atLeast(1, tokens, name) > MOST_TOKENS) {
            throw new IllegalArgumentException(name + " must be at most " + MOST_TOKENS + ", but was " + tokens);
        }
    }

    /// Time to first token.
    public long ttftNanos() {
        return firstTokenAtNanos - sentAtNanos;
    }

    /// End-to-end latency.
    public long endToEndNanos() {
        return lastTokenAtNanos - sentAtNanos;
    }

    /// Time per output token; absent with one token, or when all came at once: less than a nanosecond apart.
    public OptionalDouble tpotNanos() {
        return outputTokens < 2 || lastTokenAtNanos - firstTokenAtNanos < outputTokens - 1
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (lastTokenAtNanos - firstTokenAtNanos) / (outputTokens - 1));
    }

    /// Prompt and answer.
    public int totalTokens() {
        return promptTokens + outputTokens;
    }
}
