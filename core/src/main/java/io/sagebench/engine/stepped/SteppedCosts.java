package io.sagebench.engine.stepped;

import java.util.List;
import java.util.Set;

/// What the operations of one [SteppedEngine] take. None of it changes. A model that is not among [#models] is an
/// [IllegalArgumentException].
public interface SteppedCosts {

    /// The models the card can hold, in the order of the alphabet.
    Set<String> models();

    /// One decode step of `sequences` sequences, with so many tokens in their KV caches in all.
    long stepNanos(String model, int sequences, long contextTokens);

    /// One decode step of sequences of one model, wherever their KV caches are.
    default long stepNanos(List<? extends SteppedSequence> batch) {
        long contextTokens = 0;
        for (SteppedSequence sequence : batch) {
            contextTokens += sequence.contextTokens();
        }
        return stepNanos(batch.getFirst().model(), batch.size(), contextTokens);
    }

    /// The prefill of one prompt.
    long prefillNanos(String model, int promptTokens);

    /// A switch to `model` with nothing prefetched, over an idle link.
    long coldSwitchNanos(String model);

    /// Moving so many bytes over the idle link.
    long transferNanos(long bytes);

    /// KV cache of one token.
    long kvBytesPerToken(String model);

    /// What the weights of `model` leave of the device's memory when nothing else is there.
    long kvBytes(String model);

    /// The most prompt and output tokens of one request to `model`: what the model allows and the device alone can hold.
    int mostTokens(String model);
}
