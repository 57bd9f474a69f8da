package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;
import org.jspecify.annotations.Nullable;

/// How much of an engine that serves both prompts and texts is for prompts.
interface ShareRule {

    /// The share of the prompts, from 0 to 1.
    ///
    /// @param oldestPrompt that waits, if one does
    /// @param oldestTexts  that wait, if any do
    double promptShare(long nowNanos, @Nullable Waiting oldestPrompt, @Nullable Waiting oldestTexts);

    /// Requests of a class were sent before their latest start.
    default void sentInTime(Work who, int requests) {}

    /// Requests of a class became too late.
    default void becameLate(Work who, int requests) {}
}
