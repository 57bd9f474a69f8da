package io.sagebench.controlplane;

import io.sagebench.engine.EngineSpeed;

/// Learns how fast one engine is: time to first token from the prompt tokens queued on it, time per output token from its batch. The form of
/// both is that of [EngineSpeed], whose coefficients it starts from.
final class SpeedEstimator {
    private static final double TYPICAL_ERROR = 0.2;

    /// In a pause as long as this, what was learned loses two thirds of its weight.
    private static final double MEMORY_NANOS = 10e9;

    private final EngineSpeed first;
    private final RecursiveLeastSquares prefill;
    private final RecursiveLeastSquares step;

    SpeedEstimator(EngineSpeed first) {
        this.first = first;
        prefill = new RecursiveLeastSquares(
                new double[] {
                    first.prefillBaseNanos(), first.perPrefillTokenNanos(), first.perPrefillTokenSquaredNanos()
                },
                Math.max(1, TYPICAL_ERROR * first.prefillBaseNanos()));
        step = new RecursiveLeastSquares(
                new double[] {first.stepBaseNanos(), first.perContextTokenNanos(), first.perSequenceNanos()},
                Math.max(1, TYPICAL_ERROR * first.stepBaseNanos()));
    }

    /// Time until prompts of `tokens` tokens in all, and of squared lengths `squared` in all, have their first tokens.
    double prefillNanos(double tokens, double squared) {
        return prefill.estimate(1, tokens, squared);
    }

    /// Time of one decode step.
    double stepNanos(double contextTokens, double sequences) {
        return step.estimate(1, contextTokens, sequences);
    }

    /// The less of what was learned and what was assumed at first: what to expect of an engine that may have recovered meanwhile.
    double hopefulPrefillNanos(double tokens, double squared) {
        return Math.min(prefillNanos(tokens, squared), first.prefillNanos(tokens, squared));
    }

    /// The same of one decode step.
    double hopefulStepNanos(double contextTokens, double sequences) {
        return Math.min(stepNanos(contextTokens, sequences), first.stepNanos(contextTokens, sequences));
    }

    /// Nothing was observed for so long: the engine may have changed, so the next observations weigh more.
    void pause(long nanos) {
        double weight = Math.exp(-nanos / MEMORY_NANOS);
        prefill.age(weight);
        step.age(weight);
    }

    void observePrefill(double tokens, double squared, long nanos) {
        prefill.observe(1, tokens, squared, (double) nanos);
    }

    void observeStep(double contextTokens, double sequences, double nanos) {
        step.observe(1, contextTokens, sequences, nanos);
    }
}
