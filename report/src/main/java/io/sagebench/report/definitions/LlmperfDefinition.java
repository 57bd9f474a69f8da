package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// llmperf (token_benchmark_ray.py): `inter_token_latency = (ttft + sum of gaps) / n`, which is nearly e2e / n and has the prefill in it.
final class LlmperfDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "llmperf";
    }

    @Override
    public String rule() {
        return "from the send; inter_token_latency is end-to-end time divided by tokens";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        double latency = at.last() - at.sent();
        figures.add("end_to_end_latency", latency);
        if (at.streamed()) {
            figures.add("ttft", at.first() - at.sent());
        }
        if (request.outputTokens() > 0) {
            figures.add("inter_token_latency", latency / request.outputTokens());
        }
        figures.span(at.sent(), at.last());
    }
}
