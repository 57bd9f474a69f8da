package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import io.sagebench.live.server.GenerationRequest.Length;
import java.util.Optional;

/// What fits into an engine's context. What does not is refused in vLLM's words.
///
/// @param mostTokens of a prompt and its answer together
record ContextLimit(long mostTokens) {

    /// That of an engine.
    static ContextLimit of(EngineDescription engine) {
        return new ContextLimit(
                Math.min(engine.contextTokens().orElse(JsonBody.MOST_TOKENS), engine.kvTokens().orElse(Long.MAX_VALUE)));
    }

    /// The most tokens that an answer may have, by what the client allows and what fits.
    ///
    /// @throws BadRequest when a prompt and its answer cannot fit
    int maxTokens(Prompt prompt, Length length) throws BadRequest {
        long room = mostTokens - prompt.tokens();
        if (room < 1) {
            throw tooLong(
                    "input_tokens",
                    "This model's maximum context length is " + mostTokens + " tokens. However, your request has "
                            + prompt.tokens() + " input tokens. Please reduce the length of the input messages.");
        }
        if (length.maxTokens().isEmpty()) {
            if (length.minTokens() > room) {
                throw new BadRequest(ApiError.about(
                        "min_tokens", "min_tokens is " + length.minTokens() + ", but only " + room + " tokens have room"));
            }
            return (int) Math.min(room, Integer.MAX_VALUE);
        }
        int maxTokens = length.maxTokens().getAsInt();
        if (maxTokens > room) {
            throw tooLong(
                    "max_tokens",
                    "'max_tokens' or 'max_completion_tokens' is too large: " + maxTokens
                            + ". This model's maximum context length is " + mostTokens + " tokens and your request has "
                            + prompt.tokens() + " input tokens (" + maxTokens + " > " + mostTokens + " - "
                            + prompt.tokens() + ").");
        }
        return maxTokens;
    }

    /// Lets pass a text to embed.
    ///
    /// @throws BadRequest when it cannot fit
    void check(Prompt text) throws BadRequest {
        if (text.tokens() > mostTokens) {
            throw tooLong(
                    "input",
                    "This model's maximum context length is " + mostTokens + " tokens. However, you requested "
                            + text.tokens()
                            + " tokens in the input for embedding generation. Please reduce the length of the input.");
        }
    }

    private static BadRequest tooLong(String param, String message) {
        return new BadRequest(new ApiError(
                400,
                Optional.of("BadRequestError"),
                message,
                Optional.of(param),
                Optional.of("context_length_exceeded"),
                Optional.empty()));
    }
}
