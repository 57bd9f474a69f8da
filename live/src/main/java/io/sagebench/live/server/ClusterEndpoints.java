package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.EngineState;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The endpoints about a control plane as a whole. Called on the timeline.
final class ClusterEndpoints {
    private final Timeline timeline;
    private final ControlPlane controlPlane;

    ClusterEndpoints(Timeline timeline, ControlPlane controlPlane) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
    }

    /// `GET /ready`: 200 when an engine takes requests, else 503 with the reason.
    Reply ready() {
        if (controlPlane.isStopping()) {
            return notReady("stopping", "this control plane is stopping");
        }
        List<EngineStatus> engines = controlPlane.engines();
        if (engines.stream().anyMatch(each -> each.health().inService())) {
            return Reply.ok(Map.of("status", "ready"));
        }
        return notReady("not_ready", engines.isEmpty() ? "there are no engines" : "none of " + engines.size() + " engines is in service");
    }

    private static Reply notReady(String status, String reason) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", status);
        body.put("reason", reason);
        return Reply.json(503, Json.bytes(body)).with("Retry-After", Long.toString(Duration.ofSeconds(1).toSeconds()));
    }

    /// `GET /admin/cluster`: how all is. `ok` when all engines that are not taken out of service on purpose work; `degraded` when some do;
    /// `unavailable` when none does.
    Reply overview() {
        ControlPlaneMetrics metrics = controlPlane.metrics();
        List<EngineStatus> engines = controlPlane.engines();
        long inService = engines.stream().filter(each -> each.health().inService()).count();
        long wanted = engines.stream()
                .filter(each -> each.health().state() != EngineState.DRAINING && each.health().state() != EngineState.STOPPED)
                .count();
        var body = new LinkedHashMap<String, Object>();
        body.put("status", status(inService, wanted));
        body.put("policy", metrics.policy());
        body.put("epoch", metrics.epoch());
        body.put("degraded", controlPlane.degraded().orElse(null));
        body.put("up_ms", timeline.nowNanos() / 1e6);
        body.put("queued", metrics.queued());
        body.put("running", metrics.running());
        body.put("saturation", metrics.saturation().isPresent() ? metrics.saturation().getAsDouble() : null);
        body.put("total_instances", engines.size());
        body.put("healthy_instances", inService);
        body.put("instances_by_state", byState(engines));
        body.put("models", models(engines));
        return Reply.ok(body);
    }

    private String status(long inService, long wanted) {
        if (controlPlane.isStopping()) {
            return "stopping";
        }
        if (inService == 0) {
            return "unavailable";
        }
        return inService < wanted ? "degraded" : "ok";
    }

    private static Map<String, Integer> byState(List<EngineStatus> engines) {
        var counts = new LinkedHashMap<String, Integer>();
        for (EngineState state : EngineState.values()) {
            counts.put(InstanceJson.wireName(state), 0);
        }
        engines.forEach(each -> counts.merge(InstanceJson.wireName(each.health().state()), 1, Integer::sum));
        return counts;
    }

    private static List<Map<String, Object>> models(List<EngineStatus> engines) {
        var totals = new TreeMap<String, int[]>();
        for (EngineStatus engine : engines) {
            for (String model : engine.description().models().names()) {
                int[] counts = totals.computeIfAbsent(model, _ -> new int[2]);
                counts[0]++;
                counts[1] += engine.health().inService() ? 1 : 0;
            }
        }
        var models = new ArrayList<Map<String, Object>>();
        totals.forEach((model, counts) -> {
            var json = new LinkedHashMap<String, Object>();
            json.put("model", model);
            json.put("instances", counts[0]);
            json.put("healthy_instances", counts[1]);
            models.add(json);
        });
        return models;
    }

    /// `POST /admin/metrics/reset`: what was measured begins anew; what is counted since the start stays.
    Reply reset() {
        controlPlane.resetMetrics();
        var body = new LinkedHashMap<String, Object>();
        body.put("reset", true);
        body.put("policy", controlPlane.active().policy());
        body.put("epoch", controlPlane.active().epoch());
        return Reply.ok(body);
    }
}
