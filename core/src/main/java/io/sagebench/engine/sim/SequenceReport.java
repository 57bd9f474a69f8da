package io.sagebench.engine.sim;

import io.sagebench.engine.EngineJob;
import java.util.OptionalLong;

/// The life of one sequence inside an engine, by the engine's own clock: without what tokenising and sending take.
///
/// @param job                what was asked
/// @param ending             how it ended
/// @param queuedAtNanos      when it came to the scheduler
/// @param admittedAtNanos    when it was first scheduled; absent when it never was
/// @param firstTokenAtNanos  when its first token was sampled; absent when none was
/// @param lastTokenAtNanos   when its last token so far was sampled; absent when none was
/// @param cachedPromptTokens prompt tokens found in the prefix cache when it was first admitted
/// @param outputTokens       tokens sampled
public record SequenceReport(
        EngineJob job,
        Ending ending,
        long queuedAtNanos,
        OptionalLong admittedAtNanos,
        OptionalLong firstTokenAtNanos,
        OptionalLong lastTokenAtNanos,
        int cachedPromptTokens,
        int outputTokens) {
    /// How a sequence ended.
    public enum Ending {
        /// It has all its tokens.
        FINISHED,
        /// It was cancelled.
        CANCELLED
    }
}
