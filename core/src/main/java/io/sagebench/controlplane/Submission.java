package io.sagebench.controlplane;

import io.sagebench.engine.Payload;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.util.Optional;
import java.util.OptionalInt;

/// A request as a client hands it to the control plane.
///
/// @param id                    the caller's id, which need not be unique
/// @param model                 the model asked for; `default` means any
/// @param priority              how urgent
/// @param serviceLevel          what it is promised, counted from its arrival here
/// @param tenant                who asks, when said
/// @param promptTokens          length of the prompt, estimated, at least 1
/// @param maxOutputTokens       the most tokens the answer may have, at least 1
/// @param announcedOutputTokens how long the answer will be, when the caller knows (`X-Predicted-Output-Tokens`)
/// @param payload               what the live side attached
public record Submission(
        RequestId id,
        String model,
        Priority priority,
        ServiceLevel serviceLevel,
        Optional<String> tenant,
        int promptTokens,
        int maxOutputTokens,
        OptionalInt announcedOutputTokens,
        Payload payload) {
    public Submission {
        Check.atLeast(1, promptTokens, "promptTokens");
        Check.atLeast(1, maxOutputTokens, "maxOutputTokens");
    }

    /// The most tokens it may have in all, prompt and answer; more than an `int` holds when a client asks for as many as it can.
    public long mostTokens() {
        return (long) promptTokens + maxOutputTokens;
    }
}
