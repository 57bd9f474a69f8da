package io.sagebench.live.server;

import io.sagebench.controlplane.Submission;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Payload;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import java.util.OptionalInt;

/// What a chat request asks for, checked.
///
/// @param id                    from `X-Request-ID`, or made here
/// @param model                 the model asked for
/// @param promptTokens          estimated from the characters of all messages, at least 1
/// @param maxOutputTokens       at least 1
/// @param delivery              how the answer is to be sent
/// @param hints                 what the headers say to the scheduler
record ChatRequest(
        RequestId id, String model, int promptTokens, int maxOutputTokens, Delivery delivery, Hints hints) {
    /// The most tokens of an answer when the request does not say.
    static final int DEFAULT_MAX_OUTPUT_TOKENS = 256;

    /// How an answer is to be sent.
    enum Delivery {
        /// One JSON object.
        WHOLE,
        /// Server-sent events.
        STREAM,
        /// Server-sent events, and one more with the usage.
        STREAM_WITH_USAGE
    }

    /// What the headers of a request say to the scheduler.
    ///
    /// @param priority              `X-Request-Priority`
    /// @param serviceLevel          `X-SLO-Deadline-Ms`, `X-SLO-TTFT-Ms`, `X-SLO-TBT-Ms`
    /// @param caller                `X-Tenant-Id`, `X-Session-Id`
    /// @param announcedOutputTokens `X-Predicted-Output-Tokens`
    record Hints(
            Priority priority,
            ServiceLevel serviceLevel,
            Caller caller,
            OptionalInt announcedOutputTokens) {
        static final Hints NONE =
                new Hints(Priority.NORMAL, ServiceLevel.NONE, Caller.UNKNOWN, OptionalInt.empty());
    }

    /// The request as the scheduler takes it.
    Submission toSubmission(Payload payload) {
        return new Submission(
                id,
                Ask.prompt(RequestType.LLM_CHAT, model, promptTokens, maxOutputTokens, PromptContent.unshared(id)),
                hints.priority(),
                hints.serviceLevel(),
                hints.caller(),
                hints.announcedOutputTokens(),
                payload);
    }
}
