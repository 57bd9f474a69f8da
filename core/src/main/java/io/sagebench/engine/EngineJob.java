package io.sagebench.engine;

import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;

/// One request as an engine gets it: a prompt to answer, or a text to embed.
///
/// @param id              the caller's id
/// @param model           the model asked for
/// @param priority        for engines that schedule by it
/// @param promptTokens    length of the prompt as far as the caller knows, at least 1
/// @param maxOutputTokens the most tokens the answer may have; 0 when the text is to be embedded
/// @param content         what the prompt says, for engines that reuse the KV cache of common prefixes
/// @param payload         what the live side attached
public record EngineJob(
        RequestId id,
        String model,
        Priority priority,
        int promptTokens,
        int maxOutputTokens,
        PromptContent content,
        Payload payload) {
    public EngineJob {
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.notNegative(maxOutputTokens, "maxOutputTokens");
    }

    /// A job whose prompt shares nothing with that of any job with another id.
    public EngineJob(
            RequestId id, String model, Priority priority, int promptTokens, int maxOutputTokens, Payload payload) {
        this(id, model, priority, promptTokens, maxOutputTokens, PromptContent.unshared(id), payload);
    }

    /// Whether the text is to be embedded rather than answered.
    public boolean isEmbedding() {
        return maxOutputTokens == 0;
    }

    /// The most tokens it may have in all, prompt and answer; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return (long) promptTokens + maxOutputTokens;
    }
}
