package io.sagebench.engine;

import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;

/// One request as an engine gets it.
///
/// @param id              the caller's id
/// @param model           the model asked for
/// @param priority        for engines that schedule by it
/// @param promptTokens    length of the prompt as far as the caller knows, at least 1
/// @param maxOutputTokens the most tokens the answer may have, at least 1
/// @param payload         what the live side attached
public record EngineJob(
        RequestId id, String model, Priority priority, int promptTokens, int maxOutputTokens, Payload payload) {
    public EngineJob {
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.atLeast(1, maxOutputTokens, "maxOutputTokens");
    }

    /// The most tokens it may have in all, prompt and answer; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return (long) promptTokens + maxOutputTokens;
    }
}
