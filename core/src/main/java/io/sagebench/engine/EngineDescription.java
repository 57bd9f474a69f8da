package io.sagebench.engine;

import io.sagebench.request.Check;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What an engine is and what it can hold.
///
/// @param id            unique within a control plane
/// @param kind          what stands behind it, for people: a profile name, or the address of a server
/// @param models        what it answers for
/// @param maxConcurrent the most requests to have in it at a time, at least 1
/// @param contextTokens the most prompt and output tokens of one request; absent when unknown
/// @param kvTokens      tokens its KV cache holds; absent when unknown
/// @param firstSpeed    the speed to assume before anything was measured
/// @param traits        what else is known
public record EngineDescription(
        EngineId id,
        String kind,
        ServedModels models,
        int maxConcurrent,
        OptionalInt contextTokens,
        OptionalLong kvTokens,
        EngineSpeed firstSpeed,
        EngineTraits traits) {
    public EngineDescription {
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
    }

    /// One of which nothing else is known.
    public EngineDescription(
            EngineId id,
            String kind,
            ServedModels models,
            int maxConcurrent,
            OptionalInt contextTokens,
            OptionalLong kvTokens,
            EngineSpeed firstSpeed) {
        this(id, kind, models, maxConcurrent, contextTokens, kvTokens, firstSpeed, EngineTraits.UNKNOWN);
    }

    /// The same with other traits.
    public EngineDescription with(EngineTraits others) {
        return new EngineDescription(id, kind, models, maxConcurrent, contextTokens, kvTokens, firstSpeed, others);
    }

    /// Whether a request of that many tokens, prompt and output together, can ever run here.
    public boolean fits(long totalTokens) {
        return (contextTokens.isEmpty() || totalTokens <= contextTokens.getAsInt())
                && totalTokens <= kvTokens.orElse(Long.MAX_VALUE);
    }
}
