package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.engine.EngineDescription;
import io.sagebench.metrics.LatencySummary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The books of a control plane as JSON: times in milliseconds, and `null` for what was not measured.
final class Books {
    private Books() {}

    /// `GET /admin/metrics`.
    static Reply metrics(ControlPlaneMetrics metrics, long nowNanos) {
        var body = new LinkedHashMap<String, Object>();
        body.put("policy", metrics.policy());
        body.put("epoch", metrics.epoch());
        body.put("in_force_ms", millis((double) (nowNanos - metrics.sinceNanos())));
        body.put("queued", metrics.queued());
        body.put("running", metrics.running());
        body.put("max_queued", metrics.maxQueued());
        body.put("requests", counts(metrics.counts()));
        body.put("queue_wait_ms", latency(metrics.queueWait()));
        body.put("ttft_ms", latency(metrics.ttft()));
        body.put("e2e_latency_ms", latency(metrics.endToEnd()));
        body.put("decision_ms", latency(metrics.decision()));
        body.put("slo", slo(metrics.sloMet(), metrics.sloTotal()));
        var estimators = new LinkedHashMap<String, Object>();
        metrics.estimatorErrors().forEach((name, error) -> estimators.put(name, estimator(error)));
        body.put("estimators", estimators);
        return Reply.ok(body);
    }

    /// `GET /admin/instances`.
    static Reply instances(Collection<EngineStatus> engines) {
        return Reply.ok(Map.of("instances", engines.stream().map(Books::instance).toList()));
    }

    private static Map<String, Object> counts(ControlPlaneMetrics.Conservation counts) {
        var json = new LinkedHashMap<String, Object>();
        json.put("refused_at_once", counts.refusedAtOnce());
        json.put("admitted", counts.admitted());
        json.put("queued", counts.queued());
        json.put("running", counts.running());
        json.put("completed", counts.completed());
        json.put("failed", counts.failed());
        json.put("cancelled", counts.cancelled());
        json.put("refused_later", counts.refusedLater());
        return json;
    }

    private static Map<String, Object> slo(long met, long total) {
        var json = new LinkedHashMap<String, Object>();
        json.put("met", met);
        json.put("total", total);
        json.put("attainment", total == 0 ? null : (double) met / total);
        return json;
    }

    private static @Nullable Map<String, Object> latency(Optional<LatencySummary> measured) {
        if (measured.isEmpty()) {
            return null;
        }
        LatencySummary summary = measured.get();
        var json = new LinkedHashMap<String, Object>();
        json.put("count", summary.count());
        json.put("mean", millis(summary.mean()));
        json.put("stddev", millis(summary.stddev()));
        json.put("min", millis(summary.min()));
        json.put("p50", millis(summary.p50()));
        json.put("p90", millis(summary.p90()));
        json.put("p95", millis(summary.p95()));
        json.put("p99", millis(summary.p99()));
        json.put("p99_9", millis(summary.p999()));
        json.put("max", millis(summary.max()));
        return json;
    }

    private static Map<String, Object> estimator(ControlPlaneMetrics.EstimatorError error) {
        var json = new LinkedHashMap<String, Object>();
        json.put("count", error.count());
        json.put("mean_relative", error.meanRelative());
        json.put("p95_relative", error.p95Relative());
        json.put("within_ten_percent", error.withinTenPercent());
        return json;
    }

    private static Map<String, Object> instance(EngineStatus engine) {
        EngineDescription description = engine.description();
        var json = new LinkedHashMap<String, Object>();
        json.put("id", description.id().value());
        json.put("kind", description.kind());
        json.put("models", description.models().names());
        json.put("max_concurrent", description.maxConcurrent());
        json.put("context_tokens", description.contextTokens().isPresent() ? description.contextTokens().getAsInt() : null);
        json.put("kv_tokens", description.kvTokens().isPresent() ? description.kvTokens().getAsLong() : null);
        json.put("running", engine.running());
        json.put("prefill_tokens_outstanding", engine.prefillTokensOutstanding());
        json.put("decode_tokens_outstanding", engine.decodeTokensOutstanding());
        json.put("kv_tokens_reserved", engine.kvTokensReserved());
        json.put("dispatched", engine.dispatched());
        json.put("completed", engine.completed());
        json.put("failed", engine.failed());
        return json;
    }

    private static double millis(double nanos) {
        return nanos / 1e6;
    }
}
