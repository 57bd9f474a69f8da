package io.sagebench.engine;

import io.sagebench.request.Check;

/// The coefficients of the two estimates a scheduler makes of an engine, all in nanoseconds:
///
///  -  prefill of a set of prompts: `prefillBase + perPrefillToken * T + perPrefillTokenSquared * Q`, with T the sum of their uncached
///     lengths and Q the sum of the squares of these;
///  -  one decode step: `stepBase + perContextToken * C + perSequence * B`, with C the sum of the context lengths in the batch and B its size.
///
/// The form is that of the estimator in the Aegaeon artifact (Xiang et al., SOSP 2025).
public record EngineSpeed(
        double prefillBaseNanos,
        double perPrefillTokenNanos,
        double perPrefillTokenSquaredNanos,
        double stepBaseNanos,
        double perContextTokenNanos,
        double perSequenceNanos) {
    /// An 8B model on one A100: what to assume of a server nothing is known about.
    public static final EngineSpeed UNKNOWN_SERVER = new EngineSpeed(12e6, 67_500, 4, 12.5e6, 90, 67_500);

    public EngineSpeed {
        Check.notNegative(prefillBaseNanos, "prefillBaseNanos");
        Check.notNegative(perPrefillTokenNanos, "perPrefillTokenNanos");
        Check.notNegative(perPrefillTokenSquaredNanos, "perPrefillTokenSquaredNanos");
        Check.notNegative(stepBaseNanos, "stepBaseNanos");
        Check.notNegative(perContextTokenNanos, "perContextTokenNanos");
        Check.notNegative(perSequenceNanos, "perSequenceNanos");
    }

    /// The prefill estimate for total uncached length `tokens` and total squared length `squared`, in nanoseconds.
    public double prefillNanos(double tokens, double squared) {
        return prefillBaseNanos + perPrefillTokenNanos * tokens + perPrefillTokenSquaredNanos * squared;
    }

    /// The estimate of one decode step over `sequences` sequences with `contextTokens` tokens of context in all, in nanoseconds.
    public double stepNanos(double contextTokens, double sequences) {
        return stepBaseNanos + perContextTokenNanos * contextTokens + perSequenceNanos * sequences;
    }
}
