package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.GroupMetrics;
import io.sagebench.metrics.LatencySummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The books of a control plane as JSON: times in milliseconds, and `null` for what was not measured.
final class Books {
    private Books() {}

    /// `GET /admin/metrics`.
    static Reply metrics(ControlPlaneMetrics metrics, List<GroupMetrics> groups, long nowNanos) {
        Map<String, Object> body = json(metrics, nowNanos);
        body.put("groups", groups.stream().map(Books::group).toList());
        return Reply.ok(body);
    }

    /// The same without the groups.
    static Map<String, Object> json(ControlPlaneMetrics metrics, long nowNanos) {
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
        body.put("tpot_ms", latency(metrics.tpot()));
        body.put("e2e_latency_ms", latency(metrics.endToEnd()));
        body.put("decision_ms", latency(metrics.decision()));
        body.put("slo", slo(metrics.sloMet(), metrics.sloTotal()));
        body.put("goodput_rps", perSecond(metrics.sloMet(), nowNanos - metrics.sinceNanos()));
        body.put("fairness_jain_by_tenant", orNull(metrics.fairness()));
        body.put("saturation", orNull(metrics.saturation()));
        body.put("retries", metrics.activity().retries());
        body.put("breaker_openings", metrics.activity().breakerOpenings());
        body.put("policy_switches", metrics.activity().policySwitches());
        var estimators = new LinkedHashMap<String, Object>();
        metrics.estimatorErrors().forEach((name, error) -> estimators.put(name, estimator(error)));
        body.put("estimators", estimators);
        var figures = new LinkedHashMap<String, Object>();
        metrics.figures().forEach((name, value) -> figures.put(name, Double.isFinite(value) ? value : null));
        body.put("figures", figures);
        return body;
    }

    private static Map<String, Object> group(GroupMetrics group) {
        var json = new LinkedHashMap<String, Object>();
        json.put("policy", group.group().policy());
        json.put("model", group.group().model());
        json.put("type", group.group().type().wireName());
        json.put("priority", group.group().priority().name());
        json.put("tenant", group.group().tenant());
        json.put("completed", group.completed());
        json.put("failed", group.failed());
        json.put("cancelled", group.cancelled());
        json.put("refused", group.refused());
        json.put("invalid", group.invalid());
        json.put("retries", group.retries());
        json.put("slo", slo(group.sloMet(), group.ended()));
        json.put("queue_wait_ms", latency(group.queueWait()));
        json.put("ttft_ms", latency(group.ttft()));
        json.put("tpot_ms", latency(group.tpot()));
        json.put("e2e_latency_ms", latency(group.endToEnd()));
        return json;
    }

    private static @Nullable Double perSecond(long count, long nanos) {
        return nanos <= 0 ? null : count * 1e9 / nanos;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
    }

    private static Map<String, Object> counts(ControlPlaneMetrics.Conservation counts) {
        var json = new LinkedHashMap<String, Object>();
        json.put("invalid", counts.invalid());
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
        boolean known = error.count() > 0;
        json.put("mean_relative", known ? error.meanRelative() : null);
        json.put("p95_relative", known ? error.p95Relative() : null);
        json.put("within_ten_percent", known ? error.withinTenPercent() : null);
        return json;
    }

    private static double millis(double nanos) {
        return nanos / 1e6;
    }
}
