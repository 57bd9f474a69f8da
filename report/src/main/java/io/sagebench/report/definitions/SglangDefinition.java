package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// `sglang.bench_serving` (python/sglang/benchmark/serving.py): `ttft = c_1 - s` with the first piece of content; `latency = e - s`, restamped at every
/// line up to `[DONE]`; `tpot = (latency - ttft) / (n - 1)`; `itl = c_i - c_(i-1)` between pieces of content, pooled. Without usage, `n` is the length
/// asked for.
final class SglangDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "sglang";
    }

    @Override
    public String rule() {
        return "from the send; content starts the clock and [DONE] stops it; without usage, tokens are those asked for";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        double latency = at.ended() - at.sent();
        figures.add("e2e_latency", latency);
        if (at.streamed()) {
            double ttft = at.first() - at.sent();
            figures.add("ttft", ttft);
            if (outputTokens(request) > 1) {
                figures.add("tpot", (latency - ttft) / (outputTokens(request) - 1));
            }
            for (int i = 1; i < at.content().size(); i++) {
                figures.add("itl", at.content().get(i) - at.content().get(i - 1));
            }
        }
        figures.span(at.sent(), at.ended());
    }

    @Override
    public int outputTokens(StoredRequest request) {
        return request.usageKnown() ? request.outputTokens() : request.outputAsked();
    }
}
