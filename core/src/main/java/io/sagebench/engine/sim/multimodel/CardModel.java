package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.sim.StepTime;
import io.sagebench.request.Check;

/// One model on a card.
///
/// @param weightBytes     of all its weights, at least 1
/// @param kvBytesPerToken KV cache of one token, at least 1
/// @param maxModelLen     the most prompt and output tokens of one request, at least 2
/// @param stepTime        how long its steps take on this card
public record CardModel(long weightBytes, long kvBytesPerToken, int maxModelLen, StepTime stepTime) {
    public CardModel {
        Check.atLeast(1, weightBytes, "weight bytes");
        Check.atLeast(1, kvBytesPerToken, "KV bytes per token");
        Check.atLeast(2, maxModelLen, "max_model_len");
    }

    /// The prefill of one prompt, and the first token.
    long prefillNanos(int promptTokens) {
        double queryKeyPairs = (double) promptTokens * promptTokens / 2;
        return stepTime.nanos(promptTokens, 1, 0, 1, queryKeyPairs, 1);
    }

    /// One decode step over sequences with so many tokens in their KV caches; each attends to its new token as well.
    long stepNanos(int sequences, long contextTokens) {
        return stepTime.nanos(sequences, sequences, contextTokens + sequences, 0, 0, sequences);
    }

    /// What a scheduler should expect of it before it has measured anything.
    EngineSpeed expectedSpeed() {
        double baseNanos = stepTime.nanos(1, 0, 0, 0, 0, 0);
        return new EngineSpeed(
                baseNanos + stepTime.aPf() * 1e6,
                stepTime.g1Micros() * 1e3,
                stepTime.aQkNanos() / 2,
                baseNanos,
                stepTime.rho() * stepTime.aKvMicros() * 1e3,
                (stepTime.aSeq() + stepTime.h1()) * 1e6);
    }
}
