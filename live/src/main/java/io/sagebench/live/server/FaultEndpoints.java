package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultRule;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `GET` and `POST /admin/faults`: what goes wrong in simulated engines. Called on the timeline.
final class FaultEndpoints {
    private final ControlPlane controlPlane;

    FaultEndpoints(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    /// The plan of each simulated engine.
    Reply show() {
        var plans = new LinkedHashMap<String, Object>();
        simulated().forEach(engine -> plans.put(engine.description().id().value(), engine.plan().text()));
        return Reply.ok(Map.of("faults", plans));
    }

    /// Has all simulated engines follow another plan, or changes nothing and says why.
    Reply follow(HttpCall call) {
        try {
            JsonNode given = JsonBody.of(call).get("faults");
            if (given == null || !given.isString()) {
                throw new BadRequest(ApiError.about("faults", "faults is required and must be a text such as \"error:503@2%\", or \"none\""));
            }
            FaultPlan plan = read(given.stringValue());
            List<FaultyEngine> engines = simulated();
            if (engines.isEmpty()) {
                return ApiError.of(409, "not_simulated", "no engine here is simulated, and others cannot be made to fail").toReply();
            }
            List<EngineId> known = engines.stream().map(engine -> engine.description().id()).toList();
            for (FaultRule rule : plan.rules()) {
                if (rule.engine().isPresent() && !known.contains(rule.engine().get())) {
                    throw new BadRequest(ApiError.about("faults", "faults names " + rule.engine().get() + ", which is no simulated engine; there are "
                            + String.join(", ", known.stream().map(EngineId::value).toList())));
                }
            }
            engines.forEach(engine -> engine.follow(plan));
            return show();
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    private static FaultPlan read(String text) throws BadRequest {
        return switch (text.isBlank() || text.equals("none") ? new FaultReading.Read(FaultPlan.NONE) : FaultText.plan(text)) {
            case FaultReading.Read(FaultPlan plan) -> plan;
            case FaultReading.Wrong(List<String> problems) ->
                throw new BadRequest(ApiError.about("faults", String.join("; ", problems)));
        };
    }

    private List<FaultyEngine> simulated() {
        return controlPlane.engines().stream()
                .flatMap(status -> controlPlane.engine(status.description().id()).stream())
                .filter(FaultyEngine.class::isInstance)
                .map(FaultyEngine.class::cast)
                .toList();
    }
}
