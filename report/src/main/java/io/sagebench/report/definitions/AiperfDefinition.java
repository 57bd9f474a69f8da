package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// AIPerf: `time_to_first_token = c_1 - s`, `request_latency = c_k - s`, `inter_token_latency = (latency - ttft) / (n - 1)` for each request,
/// `inter_chunk_latency` the gaps between pieces, `time_to_second_token = c_2 - c_1`.
final class AiperfDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "aiperf";
    }

    @Override
    public String rule() {
        return "from the send to the last content; inter_token_latency is a mean per request";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        double latency = at.last() - at.sent();
        figures.add("request_latency", latency);
        if (at.streamed()) {
            double ttft = at.first() - at.sent();
            figures.add("time_to_first_token", ttft);
            if (at.content().size() > 1) {
                figures.add("time_to_second_token", at.content().get(1) - at.first());
            }
            if (request.outputTokens() > 1) {
                figures.add("inter_token_latency", (latency - ttft) / (request.outputTokens() - 1));
            }
            for (int i = 1; i < at.content().size(); i++) {
                figures.add("inter_chunk_latency", at.content().get(i) - at.content().get(i - 1));
            }
        }
        figures.span(at.sent(), at.last());
    }
}
