package io.sagebench.live.server;

import io.sagebench.controlplane.Submission;
import io.sagebench.engine.Ask;
import io.sagebench.engine.Payload;
import io.sagebench.request.Caller;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import java.util.List;
import java.util.OptionalInt;

/// What a request to a control plane asks for, checked.
///
/// @param id    from `X-Request-ID`, or made here
/// @param ask   what is asked of an engine; lengths are estimated from the characters
/// @param form  how the answer is to be sent where an engine does not write it itself
/// @param hints what the headers say to the scheduler
record GatewayRequest(RequestId id, Ask ask, Form form, Hints hints) {

    /// How an answer is to be sent.
    sealed interface Form {
        /// Text.
        record Text(ApiShape api, Delivery delivery) implements Form {}

        /// Vectors.
        ///
        /// @param inputs     what is to be embedded
        /// @param dimensions of each vector; absent for as many as the model has
        /// @param base64     whether they are written as little-endian floats in base 64 rather than as numbers
        record Vectors(List<Prompt> inputs, OptionalInt dimensions, boolean base64) implements Form {
            public Vectors {
                inputs = List.copyOf(inputs);
            }
        }
    }

    /// How a text is to be sent.
    enum Delivery {
        /// One JSON object.
        WHOLE,
        /// Server-sent events.
        STREAM,
        /// Server-sent events, and one more with the usage.
        STREAM_WITH_USAGE
    }

    /// What a request says to the scheduler.
    ///
    /// @param priority              `X-Request-Priority`
    /// @param serviceLevel          `X-SLO-Deadline-Ms`, `X-SLO-TTFT-Ms`, `X-SLO-TBT-Ms`
    /// @param caller                `X-Tenant-Id`, else the body's `user`; `X-Session-Id`
    /// @param announcedOutputTokens `X-Predicted-Output-Tokens`
    record Hints(
            Priority priority,
            ServiceLevel serviceLevel,
            Caller caller,
            OptionalInt announcedOutputTokens) {
        static final Hints NONE =
                new Hints(Priority.NORMAL, ServiceLevel.NONE, Caller.UNKNOWN, OptionalInt.empty());
    }

    /// The model asked for.
    String model() {
        return ask.model();
    }

    /// Whether a stream of events is wanted rather than one JSON object.
    boolean wantsStream() {
        return form instanceof Form.Text(_, Delivery delivery) && delivery != Delivery.WHOLE;
    }

    /// The request as the scheduler takes it.
    Submission toSubmission(Payload payload) {
        return new Submission(
                id, ask, hints.priority(), hints.serviceLevel(), hints.caller(), hints.announcedOutputTokens(), payload);
    }
}
