package io.sagebench.live.server;

import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import java.util.List;

/// A request that an engine is to work on, read and planned.
///
/// @param id       of the request
/// @param model    the model asked for
/// @param priority for engines that schedule by it
/// @param choices  how many answers each prompt wants, for the metrics
/// @param prefilledElsewhere whether another engine has computed the prompts
/// @param jobs     what the engine is to do, at least one
/// @param answer   writes the response
record Inference(
        RequestId id,
        String model,
        Priority priority,
        int choices,
        boolean prefilledElsewhere,
        List<PlannedJob> jobs,
        Answering answer) {
    Inference {
        jobs = List.copyOf(jobs);
    }
}
