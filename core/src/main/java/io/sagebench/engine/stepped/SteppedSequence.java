package io.sagebench.engine.stepped;

import io.sagebench.engine.EngineJob;

/// One job on a [SteppedEngine]. What it tells changes only when an operation on it ends.
public interface SteppedSequence {

    /// Where the KV cache of a sequence is.
    enum KvPlace {
        /// It has none: its prefill has not ended, or it was released.
        NOWHERE,
        /// On the device, ready for steps.
        ON_DEVICE,
        /// On its way to the host; it still takes its room on the device.
        MOVING_OUT,
        /// On the host.
        ON_HOST,
        /// On its way to the device, where it already takes its room.
        MOVING_IN
    }

    /// What was asked.
    EngineJob job();

    /// The model that answers.
    String model();

    /// Where its KV cache is.
    KvPlace kvPlace();

    /// Tokens in its KV cache, wherever that is: the prompt and all generated tokens but the last.
    int contextTokens();

    /// Output tokens so far. The prefill brings the first, each step one more.
    int generatedTokens();

    /// Whether it has all its output tokens.
    default boolean isComplete() {
        return generatedTokens() >= job().maxOutputTokens();
    }
}
