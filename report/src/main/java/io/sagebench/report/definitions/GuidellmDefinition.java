package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// GuideLLM: `time_per_output_token = (c_k - s) / n`, which has the prefill in it; `inter_token_latency = (c_k - c_1) / (n - 1)`, a mean for each request
/// that weighs n; `request_latency = e - s`; a missing time to first token is 0. A percentile is the smallest value whose cumulative share reaches it.
final class GuidellmDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "guidellm";
    }

    @Override
    public String rule() {
        return "from the send; time_per_output_token has the prefill in it; inter_token_latency is a mean per request, weighted by tokens; percentiles are not interpolated";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        int n = request.outputTokens();
        figures.add("request_latency", at.ended() - at.sent());
        if (n > 0) {
            figures.add("time_to_first_token", at.streamed() ? at.first() - at.sent() : 0);
            figures.add("time_per_output_token", (at.last() - at.sent()) / n, n);
        }
        if (n > 1 && at.streamed()) {
            figures.add("inter_token_latency", (at.last() - at.first()) / (n - 1), n);
        }
        figures.span(at.sent(), at.ended());
    }

    @Override
    public double percentile(Distribution distribution, double percent) {
        return distribution.inverse(percent);
    }
}
