package io.sagebench.live.server;

import io.sagebench.controlplane.EngineStatus;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.ReportedLoad;
import io.sagebench.live.engine.metrics.EngineReport;
import io.sagebench.live.engine.metrics.ReportingEngine;
import io.sagebench.request.RequestType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Engines as JSON, with `null` for what is not known.
final class InstanceJson {
    private InstanceJson() {}

    /// One engine.
    ///
    /// @param engine   the same, to be asked for what it tells of itself; absent when it has left
    /// @param nowNanos now, on the timeline
    static Map<String, Object> of(EngineStatus status, Optional<Engine> engine, long nowNanos) {
        EngineDescription description = status.description();
        EngineStatus.Health health = status.health();
        var json = new LinkedHashMap<String, Object>();
        json.put("id", description.id().value());
        json.put("kind", description.kind());
        json.put("models", description.models().names());
        json.put("types", types(description));
        json.put("state", wireName(health.state()));
        json.put("breaker", wireName(health.breaker()));
        json.put("breaker_openings", health.openings());
        json.put("resting", health.resting());
        json.put("in_service", health.inService());
        json.put("reason", health.reason());
        json.put("max_concurrent", description.maxConcurrent());
        json.put("context_tokens", orNull(description.contextTokens()));
        json.put("kv_tokens", orNull(description.kvTokens()));
        json.put("usd_per_hour", orNull(description.traits().usdPerHour()));
        json.put("max_texts_per_call", orNull(description.traits().maxTextsPerCall()));
        json.put("switches_models", description.traits().switchesModels());
        json.put("running", status.running());
        json.put("prefill_tokens_outstanding", status.prefillTokensOutstanding());
        json.put("decode_tokens_outstanding", status.decodeTokensOutstanding());
        json.put("kv_tokens_reserved", status.kvTokensReserved());
        json.put("dispatched", status.dispatched());
        json.put("completed", status.completed());
        json.put("failed", status.failed());
        json.put("reported", engine.map(each -> reported(each, nowNanos)).orElse(null));
        json.put(
                "metrics_problem",
                engine.filter(ReportingEngine.class::isInstance)
                        .map(ReportingEngine.class::cast)
                        .flatMap(ReportingEngine::metricsProblem)
                        .orElse(null));
        return json;
    }

    /// Whether it answers requests of a type, for any of its models.
    static boolean serves(EngineDescription description, RequestType type) {
        return description.models().names().stream().anyMatch(model -> description.models().serves(model, type));
    }

    private static List<String> types(EngineDescription description) {
        return Arrays.stream(RequestType.values())
                .filter(type -> serves(description, type))
                .map(RequestType::wireName)
                .toList();
    }

    private static @Nullable Map<String, Object> reported(Engine engine, long nowNanos) {
        Optional<EngineReport> whole = engine instanceof ReportingEngine server ? server.report() : Optional.empty();
        Optional<ReportedLoad> load = engine.reportedLoad();
        if (load.isEmpty()) {
            return null;
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("age_ms", (nowNanos - load.get().sampledAtNanos()) / 1e6);
        json.put("running", orNull(load.get().running()));
        json.put("waiting", orNull(load.get().waiting()));
        json.put("kv_usage", orNull(load.get().kvUsage()));
        whole.ifPresent(report -> {
            json.put("server_kind", report.kind().wireName());
            json.put("kv_used_tokens", orNull(report.kvUsedTokens()));
            json.put("window_ms", report.windowNanos() / 1e6);
            json.put("prefix_hit_rate", orNull(report.prefixHitRate()));
            json.put("preemptions", orNull(report.preemptions()));
            json.put("accept_rate", orNull(report.acceptRate()));
        });
        return json;
    }

    /// The name of a state in answers of the admin endpoints.
    static String wireName(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static @Nullable Object orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static @Nullable Object orNull(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
    }
}
