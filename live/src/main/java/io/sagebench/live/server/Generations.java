package io.sagebench.live.server;

import io.sagebench.live.server.MockEngineOptions.Answers;
import java.util.List;
import java.util.Map;

/// Reads the requests for answers that an engine gets, plans their jobs and prepares their answers. Safe for use by any thread.
final class Generations {
    private final Prompts prompts;
    private final Planner planner;
    private final Answers says;
    private final boolean requestIdHeaders;

    /// Decides what an engine is to do for a request.
    @FunctionalInterface
    interface Planner {

        /// A job for each answer: those to the first prompt, then those to the next.
        ///
        /// @param body what the request says besides
        /// @throws BadRequest when it cannot be done
        List<PlannedJob> plan(GenerationRequest request, JsonBody body) throws BadRequest;
    }

    /// @param says             what answers say, unless the engine computes them
    /// @param requestIdHeaders whether answers carry the request's id
    Generations(Prompts prompts, Planner planner, Answers says, boolean requestIdHeaders) {
        this.prompts = prompts;
        this.planner = planner;
        this.says = says;
        this.requestIdHeaders = requestIdHeaders;
    }

    /// `POST /v1/chat/completions`.
    Inference chat(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        return inference(GenerationReader.chat(call, body, prompts), body, ApiShape.CHAT, call);
    }

    /// `POST /v1/completions`.
    Inference completion(HttpCall call) throws BadRequest {
        JsonBody body = JsonBody.of(call);
        return inference(GenerationReader.completion(call, body, prompts), body, ApiShape.COMPLETIONS, call);
    }

    private Inference inference(GenerationRequest request, JsonBody body, ApiShape shape, HttpCall call)
            throws BadRequest {
        List<PlannedJob> jobs = planner.plan(request, body);
        var encoding = new AnswerEncoding(
                shape, request.id(), request.model(), System.currentTimeMillis() / 1_000, jobs.size());
        Map<String, String> headers =
                requestIdHeaders ? Map.of(RequestIds.HEADER, request.id().value()) : Map.of();
        return new Inference(
                request.id(),
                request.model(),
                request.priority(),
                request.choices(),
                request.prefilledElsewhere(),
                jobs,
                new GenerationAnswer(request, jobs, says, encoding, call.response(), headers));
    }
}
