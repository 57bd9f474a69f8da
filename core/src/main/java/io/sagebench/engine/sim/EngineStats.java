package io.sagebench.engine.sim;

import java.util.List;

/// What a simulated engine counts, at one moment. Counters run since the engine began.
///
/// @param running            sequences in the batch
/// @param waiting            sequences that wait to be admitted
/// @param kvUsage            share of the KV blocks that live sequences hold, from 0 to 1
/// @param steps              steps begun
/// @param preemptions        times that a running sequence lost its KV cache to another
/// @param prefixQueryTokens  tokens looked up in the prefix cache when sequences were first admitted
/// @param prefixHitTokens    of these, found
/// @param promptTokens       prompt tokens of sequences that finished their prefill
/// @param cachedPromptTokens of these, taken from the prefix cache
/// @param generatedTokens    tokens sampled
/// @param drafts             times that a sequence's next tokens were guessed
/// @param draftTokens        tokens guessed
/// @param acceptedPerPosition of the guesses, how many were right, by their place in the draft
/// @param asleep             whether it takes no steps because it was put to sleep
public record EngineStats(
        int running,
        int waiting,
        double kvUsage,
        long steps,
        long preemptions,
        long prefixQueryTokens,
        long prefixHitTokens,
        long promptTokens,
        long cachedPromptTokens,
        long generatedTokens,
        long drafts,
        long draftTokens,
        List<Long> acceptedPerPosition,
        boolean asleep) {
    public EngineStats {
        acceptedPerPosition = List.copyOf(acceptedPerPosition);
    }
}
