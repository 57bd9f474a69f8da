package io.sagebench.live.server;

import io.sagebench.engine.EngineResult;

/// The tokens that an answer took, as its `usage` tells them.
///
/// @param prompt    of the prompt
/// @param cached    of these, from the prefix cache
/// @param completion of the answer
record Usage(long prompt, long cached, long completion) {

    /// Of one finished job.
    static Usage of(EngineResult result) {
        return new Usage(result.promptTokens(), result.cachedPromptTokens(), result.outputTokens());
    }

    /// As a field of a JSON object.
    String json() {
        return counts() + ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached + "}}";
    }

    /// The same without the details, for an answer that is not complete.
    String jsonSoFar() {
        return counts() + "}";
    }

    private String counts() {
        return "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
                + (prompt + completion);
    }
}
