package io.sagebench.live.server;

import java.util.List;
import java.util.Map;

/// Reads the requests for answers that a mock engine gets, plans their lengths and prepares their answers. Safe for use by any thread.
final class Generations {
    private final MockEngineOptions options;
    private final AnswerLengths lengths;

    Generations(MockEngineOptions options, AnswerLengths lengths) {
        this.options = options;
        this.lengths = lengths;
    }

    /// `POST /v1/chat/completions`.
    Inference chat(HttpCall call) throws BadRequest {
        return inference(GenerationReader.chat(call), ApiShape.CHAT, call);
    }

    /// `POST /v1/completions`.
    Inference completion(HttpCall call) throws BadRequest {
        return inference(GenerationReader.completion(call), ApiShape.COMPLETIONS, call);
    }

    private Inference inference(GenerationRequest request, ApiShape shape, HttpCall call) throws BadRequest {
        List<PlannedJob> jobs = lengths.plan(request);
        var encoding = new AnswerEncoding(
                shape, request.id(), request.model(), System.currentTimeMillis() / 1_000, jobs.size());
        Map<String, String> headers =
                options.requestIdHeaders() ? Map.of(RequestIds.HEADER, request.id().value()) : Map.of();
        return new Inference(
                request.id(),
                request.model(),
                request.priority(),
                request.choices(),
                request.prefilledElsewhere(),
                jobs,
                new GenerationAnswer(request, jobs, options.answers(), encoding, call.response(), headers));
    }
}
