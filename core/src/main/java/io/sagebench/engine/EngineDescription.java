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
public record EngineDescription(
        EngineId id,
        String kind,
        ServedModels models,
        int maxConcurrent,
        OptionalInt contextTokens,
        OptionalLong kvTokens,
        EngineSpeed firstSpeed) {
    public EngineDescription {
        Check.atLeast(1, maxConcurrent, "maxConcurrent");
    }

    /// Whether a request of that many tokens, prompt and output together, can ever run here.
    public boolean fits(long totalTokens) {
        return (contextTokens.isEmpty() || totalTokens <= contextTokens.getAsInt())
                && totalTokens <= kvTokens.orElse(Long.MAX_VALUE);
    }
}
