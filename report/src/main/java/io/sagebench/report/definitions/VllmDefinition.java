package io.sagebench.report.definitions;

import io.sagebench.report.results.StoredRequest;
import java.util.ArrayList;
import java.util.List;

/// `vllm bench serve` (vllm/benchmarks/serve.py, lib/endpoint_request_func.py): `ttft = c_1 - s`, where `c_1` is the first piece with a choice, even an
/// empty one that brings only the role; `latency = c_k - s` with the last such piece; `tpot = (latency - ttft) / (n - 1)` for n > 1; `itl = c_i - c_(i-1)`,
/// pooled. Usage and `[DONE]` come after the end.
final class VllmDefinition implements ToolDefinition {
    @Override
    public String name() {
        return "vllm";
    }

    @Override
    public String rule() {
        return "from the send; a role-only piece starts the clock and the finishing piece stops it; itl is a gap between pieces";
    }

    @Override
    public void take(StoredRequest request, Figures figures) {
        Moments at = Moments.of(request);
        List<Double> pieces = pieces(request, at);
        double latency = (pieces.isEmpty() ? at.last() : pieces.getLast()) - at.sent();
        if (!pieces.isEmpty()) {
            double ttft = pieces.getFirst() - at.sent();
            figures.add("ttft", ttft);
            if (request.outputTokens() > 1) {
                figures.add("tpot", (latency - ttft) / (request.outputTokens() - 1));
            }
            for (int i = 1; i < pieces.size(); i++) {
                figures.add("itl", pieces.get(i) - pieces.get(i - 1));
            }
        }
        figures.add("e2el", latency);
        figures.span(at.sent(), at.sent() + latency);
    }

    /// The pieces with content, and the empty ones before and after them.
    private static List<Double> pieces(StoredRequest request, Moments at) {
        var pieces = new ArrayList<>(at.content());
        if (at.streamed()) {
            request.firstChunk().stream().mapToObj(millis -> millis / 1e3).filter(first -> first < at.first()).forEach(first -> pieces.add(0, first));
            request.lastChunk().stream().mapToObj(millis -> millis / 1e3).filter(last -> last > at.last()).forEach(pieces::add);
        }
        return pieces;
    }
}
