package io.sagebench.live.server;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import java.util.List;
import java.util.OptionalInt;

/// What a request for answers asks of an engine, checked.
///
/// @param id       from `X-Request-ID`, or made here
/// @param model    the model asked for
/// @param priority `X-Request-Priority`
/// @param prompts  at least one
/// @param choices  how many answers each prompt wants
/// @param length   how long these may be
/// @param stops    texts that end an answer right before them, where its words are not made up
/// @param echo     whether an answer begins with its prompt
/// @param prefilledElsewhere whether another engine has computed the prompts (`kv_transfer_params.do_remote_prefill`)
/// @param delivery how they are to be sent
record GenerationRequest(
        RequestId id,
        String model,
        Priority priority,
        List<Prompt> prompts,
        int choices,
        Length length,
        List<String> stops,
        boolean echo,
        boolean prefilledElsewhere,
        Delivery delivery) {
    GenerationRequest {
        prompts = List.copyOf(prompts);
        stops = List.copyOf(stops);
    }

    /// How long an answer may be.
    ///
    /// @param maxTokens at least 1; absent for as many as fit
    /// @param minTokens at least that many
    /// @param ignoreEos whether it goes on to its limit, whatever it would say
    record Length(OptionalInt maxTokens, int minTokens, boolean ignoreEos) {}

    /// How answers are to be sent.
    ///
    /// @param streamed    as server-sent events rather than as one JSON object
    /// @param usageAtEnd  whether an event with the usage ends the stream
    /// @param usageInEach whether each event tells the usage so far
    record Delivery(boolean streamed, boolean usageAtEnd, boolean usageInEach) {
        /// As one JSON object.
        static final Delivery WHOLE = new Delivery(false, false, false);
    }
}
