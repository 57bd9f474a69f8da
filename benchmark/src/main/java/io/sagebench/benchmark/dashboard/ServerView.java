package io.sagebench.benchmark.dashboard;

import io.sagebench.live.dashboard.Snapshot.Instance;
import io.sagebench.metrics.recent.LatencyPercentiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a control plane of ours tells of itself.
///
/// @param queued    requests that wait in it
/// @param instances its engines
record ServerView(OptionalLong queued, List<Instance> instances) {
    /// Of one that tells nothing.
    static final ServerView NONE = new ServerView(OptionalLong.empty(), List.of());

    ServerView {
        instances = List.copyOf(instances);
    }

    /// Reads the answer of `GET /dashboard/now`; absent when it is not one.
    static Optional<ServerView> read(String json) {
        try {
            JsonNode now = JsonMapper.shared().readTree(json);
            if (!now.path("kind").asString("").equals("control_plane")) {
                return Optional.empty();
            }
            var instances = new ArrayList<Instance>();
            now.path("instances").forEach(engine -> instances.add(instance(engine)));
            return Optional.of(new ServerView(number(now.path("counts").path("queued")), instances));
        } catch (JacksonException _) {
            return Optional.empty(); // something else answers there
        }
    }

    /// What stays of it when nobody asks any more: which engines there were.
    ServerView afterwards() {
        return new ServerView(
                OptionalLong.empty(),
                instances.stream()
                        .map(each -> new Instance(
                                each.id(), each.state(), each.inService(), each.reason(), OptionalLong.empty(), 0, 0, LatencyPercentiles.NONE))
                        .toList());
    }

    /// These engines, with the latencies that the load generator saw of each; and those that only answers tell of.
    List<Instance> joined(List<Instance> seen) {
        Map<String, Instance> byName = new LinkedHashMap<>();
        instances.forEach(each -> byName.put(each.id(), each));
        for (Instance answered : seen) {
            byName.merge(answered.id(), answered, ServerView::with);
        }
        return List.copyOf(byName.values());
    }

    /// Counts are those of the measurement, not since the control plane began.
    private static Instance with(Instance told, Instance seen) {
        return new Instance(
                told.id(), told.state(), told.inService(), told.reason(), told.running(), seen.completed(), seen.failed(), seen.ttft());
    }

    private static Instance instance(JsonNode engine) {
        return new Instance(
                engine.path("id").asString(""),
                engine.path("state").asString(""),
                engine.path("in_service").asBoolean(false),
                engine.path("reason").asString(""),
                number(engine.path("running")),
                0,
                0,
                LatencyPercentiles.NONE);
    }

    private static OptionalLong number(JsonNode value) {
        return value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }
}
