package io.sagebench.workload;

import io.sagebench.random.Seed;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;

/// One request as the workload wants it sent, fixed before the run begins.
///
/// @param id               derived from the seed
/// @param index            place in the plan, from 0
/// @param intendedAtNanos  when it should leave, in nanoseconds since the run began
/// @param model            the model asked for; `default` means any
/// @param priority         sent as `X-Request-Priority`
/// @param serviceLevel     what it is promised
/// @param promptTokens     length of the prompt, at least 1
/// @param outputTokens     length of the answer asked for, at least 1
/// @param promptSeed       gives the text of the prompt, see [PromptText]
public record PlannedRequest(
        RequestId id,
        long index,
        long intendedAtNanos,
        String model,
        Priority priority,
        ServiceLevel serviceLevel,
        int promptTokens,
        int outputTokens,
        Seed promptSeed) {
    public PlannedRequest {
        Check.notNegative(index, "index");
        Check.notNegative(intendedAtNanos, "intendedAtNanos");
        Check.notBlank(model, "model");
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.atLeast(1, outputTokens, "outputTokens");
    }

    /// The prompt's text: `promptTokens` tokens long, and the same at each call.
    public String prompt() {
        return PromptText.of(promptSeed, promptTokens);
    }
}
