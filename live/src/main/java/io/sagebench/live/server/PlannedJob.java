package io.sagebench.live.server;

import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.Check;
import java.util.Optional;

/// What an engine is to do for one prompt.
///
/// @param prompt       to answer, or to embed
/// @param outputTokens how many tokens its answer will have, or may have where the engine computes it; 0 to embed it
/// @param maxTokens    how many the client allows; 0 to embed it
/// @param computed     what an engine needs that computes; absent where answers are made up
record PlannedJob(Prompt prompt, int outputTokens, int maxTokens, Optional<ComputedJob> computed) {
    PlannedJob {
        Check.notNegative(outputTokens, "outputTokens");
        Check.atLeast(outputTokens, maxTokens, "maxTokens");
    }

    /// One whose answer is made up.
    PlannedJob(Prompt prompt, int outputTokens, int maxTokens) {
        this(prompt, outputTokens, maxTokens, Optional.empty());
    }

    /// To embed a text; the vector is made up.
    static PlannedJob embedding(Prompt prompt) {
        return new PlannedJob(prompt, 0, 0);
    }

    /// To have an engine compute it.
    PlannedJob computing(ComputedJob how) {
        return new PlannedJob(prompt, outputTokens, maxTokens, Optional.of(how));
    }

    /// Why an answer of that many tokens is over.
    FinishReason reasonFor(int tokens) {
        return tokens < maxTokens || maxTokens == 0 ? FinishReason.STOP : FinishReason.LENGTH;
    }
}
