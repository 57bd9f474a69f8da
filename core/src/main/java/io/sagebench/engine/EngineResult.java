package io.sagebench.engine;

import io.sagebench.request.Check;

/// What a finished job used.
///
/// @param promptTokens       tokens of the prompt
/// @param cachedPromptTokens of these, how many came from the prefix cache
/// @param outputTokens       tokens of the answer
public record EngineResult(int promptTokens, int cachedPromptTokens, int outputTokens) {
    public EngineResult {
        Check.notNegative(promptTokens, "promptTokens");
        Check.notNegative(cachedPromptTokens, "cachedPromptTokens");
        Check.notNegative(outputTokens, "outputTokens");
    }
}
