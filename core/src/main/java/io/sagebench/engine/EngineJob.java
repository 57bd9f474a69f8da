package io.sagebench.engine;

import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import java.util.List;

/// One request as an engine gets it: a prompt to answer, or texts to embed.
///
/// @param id       the caller's id
/// @param ask      what is asked
/// @param priority for engines that schedule by it
/// @param payload  what the live side attached
public record EngineJob(RequestId id, Ask ask, Priority priority, Payload payload) {

    /// A chat, or with 0 output tokens one text to embed.
    public EngineJob(
            RequestId id,
            String model,
            Priority priority,
            int promptTokens,
            int maxOutputTokens,
            PromptContent content,
            Payload payload) {
        this(id, askOf(model, promptTokens, maxOutputTokens, content), priority, payload);
    }

    /// A job whose prompt shares nothing with that of any job with another id.
    public EngineJob(
            RequestId id, String model, Priority priority, int promptTokens, int maxOutputTokens, Payload payload) {
        this(id, model, priority, promptTokens, maxOutputTokens, PromptContent.unshared(id), payload);
    }

    private static Ask askOf(String model, int promptTokens, int maxOutputTokens, PromptContent content) {
        Check.notNegative(maxOutputTokens, "maxOutputTokens");
        return maxOutputTokens == 0
                ? Ask.embedding(model, new Ask.Texts(List.of(promptTokens), ""), content)
                : Ask.prompt(RequestType.LLM_CHAT, model, promptTokens, maxOutputTokens, content);
    }

    /// The model asked for.
    public String model() {
        return ask.model();
    }

    /// Length of the prompt, or of all texts together, as far as the caller knows.
    public int promptTokens() {
        return ask.promptTokens();
    }

    /// The most tokens the answer may have; 0 when texts are to be embedded.
    public int maxOutputTokens() {
        return ask.maxOutputTokens();
    }

    /// What the prompt says, for engines that reuse the KV cache of common prefixes.
    public PromptContent content() {
        return ask.content();
    }

    /// Whether texts are to be embedded rather than a prompt answered.
    public boolean isEmbedding() {
        return !ask.type().isGeneration();
    }

    /// The most tokens that stand in one context, prompt and answer or the longest text; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return ask.mostTokens();
    }
}
