package io.sagebench.report.json;

import static io.sagebench.report.json.Json.finite;

import io.sagebench.metrics.Bounds;
import io.sagebench.metrics.Confidence;
import io.sagebench.metrics.Evidence;
import io.sagebench.metrics.Evidence.Steady;
import io.sagebench.metrics.Evidence.SteadyWindow;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.statistics.Interval;
import tools.jackson.databind.node.ObjectNode;

/// What stands behind the figures: `confidence`, `steady` and `littles_law`.
final class EvidenceJson {
    private static final double NANOS_PER_MILLI = 1e6;

    private EvidenceJson() {}

    static ObjectNode confidence(RunMetrics metrics) {
        Confidence confidence = metrics.evidence().confidence();
        ObjectNode json = Json.object().put("level", Bounds.LEVEL);
        json.set("requests_per_second", bounds(confidence.throughput(), 1));
        json.set("goodput_rps", bounds(confidence.goodput(), 1));
        json.set("tokens_per_second", bounds(confidence.tokensPerSecond(), 1));
        json.set("slo_compliance_rate", bounds(confidence.attainment(), 1));
        json.set("e2e_latency_ms", latency(confidence.endToEnd()));
        json.set("ttft_ms", latency(confidence.ttft()));
        json.set("tbt_ms", latency(confidence.tbt()));
        return json;
    }

    private static ObjectNode latency(Confidence.OfLatency of) {
        ObjectNode json = Json.object();
        json.set("avg", bounds(of.mean(), 1 / NANOS_PER_MILLI));
        json.set("p50", bounds(of.p50(), 1 / NANOS_PER_MILLI));
        json.set("p95", bounds(of.p95(), 1 / NANOS_PER_MILLI));
        json.set("p99", bounds(of.p99(), 1 / NANOS_PER_MILLI));
        return json;
    }

    private static ObjectNode bounds(Bounds bounds, double factor) {
        return switch (bounds) {
            case Bounds.Known(Interval interval, double effective) ->
                Json.object()
                        .put("low", finite(interval.low() * factor))
                        .put("high", finite(interval.high() * factor))
                        .put("effective_samples", finite(effective));
            case Bounds.Unknown(String why) -> Json.object().putNull("low").putNull("high").put("why", why);
        };
    }

    static ObjectNode steady(Steady steady) {
        ObjectNode json = Json.object().put("verdict", steady.verdict().wireName());
        steady.window().ifPresentOrElse(window -> figures(json, window), () -> json.putNull("window"));
        return json;
    }

    private static void figures(ObjectNode json, SteadyWindow window) {
        json.putObject("window")
                .put("from_seconds", finite(window.fromSeconds()))
                .put("to_seconds", finite(window.toSeconds()))
                .put("left_out_requests", window.leftOut())
                .put("requests", window.requests());
        json.put("slo_compliance_rate", finite(window.attainment()))
                .put("requests_per_second", finite(window.requestsPerSecond()))
                .put("goodput_rps", finite(window.goodputPerSecond()));
        json.set("e2e_latency_ms", MetricsJson.latency(window.endToEnd()));
        json.set("ttft_ms", MetricsJson.latency(window.ttft()));
    }

    static ObjectNode littlesLaw(Evidence evidence) {
        var law = evidence.littlesLaw();
        ObjectNode json = Json.object()
                .put("mean_in_flight", law.map(both -> finite(both.meanInFlight())).orElse(null))
                .put("rate_times_latency", law.map(both -> finite(both.rateTimesLatency())).orElse(null));
        law.ifPresentOrElse(both -> json.put("holds", both.holds()), () -> json.putNull("holds"));
        return json;
    }
}
