package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.EngineChange;
import io.sagebench.controlplane.EngineState;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.live.engine.metrics.ReportingEngine;
import io.sagebench.request.RequestType;
import io.sagebench.time.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The admin endpoints about engines. Called on the timeline.
final class InstanceEndpoints {
    private static final int ID_SEGMENT = 2;

    private final Timeline timeline;
    private final ControlPlane controlPlane;

    InstanceEndpoints(Timeline timeline, ControlPlane controlPlane) {
        this.timeline = timeline;
        this.controlPlane = controlPlane;
    }

    /// `GET /admin/instances`: all, and which of them are for texts and which for vectors.
    Reply list() {
        List<EngineStatus> all = controlPlane.engines();
        List<EngineStatus> llm = all.stream().filter(each -> serves(each, false)).toList();
        List<EngineStatus> embedding = all.stream().filter(each -> serves(each, true)).toList();
        var body = new LinkedHashMap<String, Object>();
        body.put("instances", all.stream().map(this::json).toList());
        body.put("llm_backends", ids(llm));
        body.put("embedding_backends", ids(embedding));
        body.put("total_instances", all.size());
        body.put("total_llm_backends", llm.size());
        body.put("total_embedding_backends", embedding.size());
        body.put("healthy_instances", healthy(all));
        body.put("healthy_llm_backends", healthy(llm));
        body.put("healthy_embedding_backends", healthy(embedding));
        return Reply.ok(body);
    }

    /// `GET /admin/instances/{id}`.
    Reply one(HttpCall call) {
        try {
            Optional<EngineId> id = idOf(call);
            return controlPlane.engines().stream()
                    .filter(each -> id.isPresent() && each.description().id().equals(id.get()))
                    .findFirst()
                    .map(found -> Reply.ok(json(found)))
                    .orElseGet(() -> unknown("no engine is named " + id.map(EngineId::value).orElse("so")));
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    /// `POST /admin/instances/{id}/drain`: 200 when it has stopped, 202 while requests still run there.
    Reply drain(HttpCall call) {
        return change(call, controlPlane::drainEngine);
    }

    /// `POST /admin/instances/{id}/enable`.
    Reply enable(HttpCall call) {
        return change(call, controlPlane::enableEngine);
    }

    /// `DELETE /admin/instances/{id}`: 200 when it has left, 202 while requests still run there.
    Reply remove(HttpCall call) {
        return change(call, id -> {
            Optional<Engine> engine = controlPlane.engine(id);
            return controlPlane.removeEngine(id, () -> engine.ifPresent(InstanceEndpoints::close));
        });
    }

    /// Takes engines in, all or none; those that are refused are closed.
    Reply add(List<Engine> engines) {
        for (Engine engine : engines) {
            EngineId id = engine.description().id();
            if (controlPlane.engine(id).isPresent()) {
                engines.forEach(InstanceEndpoints::close);
                return ApiError.of(409, "duplicate_instance", "an engine is named " + id + " already").toReply();
            }
        }
        engines.forEach(controlPlane::addEngine);
        List<EngineId> added = engines.stream().map(engine -> engine.description().id()).toList();
        List<Map<String, Object>> now = controlPlane.engines().stream()
                .filter(each -> added.contains(each.description().id()))
                .map(this::json)
                .toList();
        Reply created = Reply.json(201, Json.bytes(Map.of("instances", now)));
        return added.size() == 1 ? created.with("Location", "/admin/instances/" + added.getFirst()) : created;
    }

    /// Gives back what an engine holds that serves no more.
    static void close(Engine engine) {
        if (engine instanceof ReportingEngine server) {
            server.close();
        }
    }

    private Reply change(HttpCall call, Function<EngineId, EngineChange> wish) {
        try {
            Optional<EngineId> id = idOf(call);
            if (id.isEmpty()) {
                return unknown("no engine is named so");
            }
            return switch (wish.apply(id.get())) {
                case EngineChange.Done(EngineStatus status) -> {
                    boolean isUnderWay = status.running() > 0 && status.health().state() == EngineState.DRAINING;
                    yield Reply.json(isUnderWay ? 202 : 200, Json.bytes(json(status)));
                }
                case EngineChange.Unknown(String message) -> unknown(message);
                case EngineChange.Refused(String message) -> ApiError.of(409, "wrong_state", message).toReply();
            };
        } catch (BadRequest bad) {
            return bad.error().toReply();
        }
    }

    private static Reply unknown(String message) {
        return ApiError.of(404, "instance_not_found", message).toReply();
    }

    private static Optional<EngineId> idOf(HttpCall call) throws BadRequest {
        return Optional.of(call.segment(ID_SEGMENT)).filter(text -> !text.isBlank()).map(EngineId::new);
    }

    private Map<String, Object> json(EngineStatus status) {
        return InstanceJson.of(status, controlPlane.engine(status.description().id()), timeline.nowNanos());
    }

    private static boolean serves(EngineStatus status, boolean embedding) {
        return InstanceJson.serves(status.description(), RequestType.EMBEDDING) == embedding
                || (!embedding && InstanceJson.serves(status.description(), RequestType.LLM_CHAT));
    }

    private static List<String> ids(List<EngineStatus> engines) {
        return engines.stream().map(each -> each.description().id().value()).toList();
    }

    private static long healthy(List<EngineStatus> engines) {
        return engines.stream().filter(each -> each.health().inService()).count();
    }
}
