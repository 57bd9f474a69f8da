package io.sagebench.live.server;

import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.Check;

/// What an engine is to do for one prompt.
///
/// @param prompt       to answer, or to embed
/// @param outputTokens how many tokens its answer will have; 0 to embed it
/// @param maxTokens    how many the client allows; 0 to embed it
record PlannedJob(Prompt prompt, int outputTokens, int maxTokens) {
    PlannedJob {
        Check.notNegative(outputTokens, "outputTokens");
        Check.atLeast(outputTokens, maxTokens, "maxTokens");
    }

    /// To embed a text.
    static PlannedJob embedding(Prompt prompt) {
        return new PlannedJob(prompt, 0, 0);
    }

    /// Why an answer of that many tokens is over.
    FinishReason reasonFor(int tokens) {
        return tokens < maxTokens || maxTokens == 0 ? FinishReason.STOP : FinishReason.LENGTH;
    }
}
