package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;

/// MLPerf inference loadgen: latencies from the scheduled time, `TPOT = (complete - first) / (n - 1)` (mlcommons/inference 1593).
final class MlperfDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "mlperf";
    }

    @Override
    public String rule() {
        return "from the scheduled time, as we do";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        figures.add("latency", at.last() - at.intended());
        if (at.streamed()) {
            figures.add("ttft", at.first() - at.intended());
            if (request.outputTokens() > 1) {
                figures.add("tpot", (at.last() - at.first()) / (request.outputTokens() - 1));
            }
        }
        figures.span(at.intended(), at.last());
    }
}
