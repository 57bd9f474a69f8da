package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// inference-perf: `time_per_output_token = (t_n - t_1) / (n - 1)`, `normalized_time_per_output_token = e2e / n`, and gaps between tokens where all tokens
/// of a piece have its stamp: a piece of four gives one gap and three zeros. A piece of unknown size counts as one token.
final class InferencePerfDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "inference-perf";
    }

    @Override
    public String rule() {
        return "from the send; every token of a piece has its stamp, so inter_token_latency has zeros in it";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        double latency = at.ended() - at.sent();
        int n = request.outputTokens();
        figures.add("request_latency", latency);
        if (n > 0) {
            figures.add("normalized_time_per_output_token", latency / n);
        }
        if (at.streamed()) {
            figures.add("time_to_first_token", at.first() - at.sent());
            if (n > 1) {
                figures.add("time_per_output_token", (at.last() - at.first()) / (n - 1));
            }
            for (int i = 0; i < at.content().size(); i++) {
                if (i > 0) {
                    figures.add("inter_token_latency", at.content().get(i) - at.content().get(i - 1));
                }
                for (int more = 1; more < tokensOf(request, i); more++) {
                    figures.add("inter_token_latency", 0);
                }
            }
        }
        figures.span(at.sent(), at.ended());
    }

    private static int tokensOf(StoredRequest request, int piece) {
        return request.contentTokens().isEmpty() ? 1 : request.contentTokens().get(piece);
    }
}
