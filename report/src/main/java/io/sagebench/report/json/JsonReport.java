package io.sagebench.report.json;

import io.sagebench.metrics.CacheProbe;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.BestOf.Best;
import io.sagebench.report.NewFile;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RawResults;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.RunInfo;
import io.sagebench.report.TargetReport;
import io.sagebench.report.ToolInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The report as JSON, layout "2.0": every path of "1.0" keeps its name and place, and `definitions` says what changed.
public final class JsonReport {
    static final String LAYOUT = "2.0";
    private static final double NANOS_PER_MILLI = 1e6;

    private final BenchmarkReport report;
    private final Optional<String> monitorFile;

    /// @param report what to write
    public JsonReport(BenchmarkReport report) {
        this(report, Optional.empty());
    }

    /// @param report      what to write
    /// @param monitorFile the file beside it with the samples of what was watched
    public JsonReport(BenchmarkReport report, Optional<String> monitorFile) {
        this.report = report;
        this.monitorFile = monitorFile;
    }

    /// Writes it to a file, which appears whole or not at all.
    ///
    /// @param replace whether a file of that name may be there already
    public void write(Path target, boolean replace) throws IOException {
        NewFile file = NewFile.begin(target, replace);
        try {
            write(file.stream());
            file.finish();
        } catch (IOException broken) {
            file.discard();
            throw broken;
        }
    }

    /// Writes it to a stream, which stays open.
    public void write(OutputStream out) throws IOException {
        try (JsonGenerator json = Json.indented(out)) {
            json.writeStartObject();
            json.writeStringProperty("timestamp", report.run().startedAt().toString());
            json.writeStringProperty("version", LAYOUT);
            json.writeStringProperty("benchmark_type", report.hybrid() ? "hybrid" : "llm");
            json.writePOJOProperty("tool", tool(report.tool()));
            json.writePOJOProperty("run", run(report.run()));
            var unavailable = new ArrayList<String>();
            ObjectNode target = target(report.target());
            unavailable.addAll(Unavailable.in(target, "target"));
            json.writePOJOProperty("target", target);
            json.writePOJOProperty("config", report.configuration());
            monitorFile.ifPresent(name -> json.writeStringProperty("monitor_file", name));
            json.writeObjectPropertyStart("policy_results");
            for (PolicyReport policy : report.policies()) {
                ObjectNode result = policy(policy, report.hybrid());
                unavailable.addAll(Unavailable.in(result, "policy_results." + policy.policy()));
                writePolicy(json, policy, result, report.raw());
            }
            report.notRun().forEach(policy -> json.writePOJOProperty(policy.policy(), Json.object().put("not_run", policy.reason())));
            json.writeEndObject();
            json.writePOJOProperty("summary", summary());
            json.writePOJOProperty("definitions", Definitions.json());
            json.writePOJOProperty("unavailable", unavailable);
            json.writeEndObject();
            json.flush();
            out.write('\n');
        } catch (JacksonException broken) {
            throw broken.getCause() instanceof IOException cause ? cause : new IOException(broken.getMessage(), broken);
        }
    }

    static ObjectNode tool(ToolInfo tool) {
        return Json.object().put("name", tool.name()).put("version", tool.version()).put("commit", tool.commit());
    }

    static ObjectNode run(RunInfo run) {
        ObjectNode json = Json.object()
                .put("id", run.id())
                .put("seed", run.seed())
                .put("started_at", run.startedAt().toString())
                .put("command", run.command())
                .put("interrupted", run.interrupted());
        json.putObject("host")
                .put("os", run.host().os())
                .put("cores", run.host().cores())
                .put("jvm", run.host().jvm());
        return json;
    }

    static ObjectNode target(TargetReport target) {
        ObjectNode json = Json.object()
                .put("kind", target.kind().wireName())
                .put("url", target.url().map(Object::toString).orElse(null))
                .put("description", target.description());
        target.health().ifPresentOrElse(health -> json.set("health", parsedOrText(health)), () -> json.putNull("health"));
        return json;
    }

    /// A policy's results, but for its raw results.
    static ObjectNode policy(PolicyReport policy, boolean hybrid) {
        ObjectNode json = Json.object()
                .put("policy", policy.policy())
                .put("ceiling", policy.isCeiling())
                .put("start_time", EpochSeconds.of(policy.startedAt()))
                .put("end_time", EpochSeconds.of(policy.endedAt()));
        if (policy.epoch().isPresent()) {
            json.put("policy_epoch", policy.epoch().getAsLong());
        } else {
            json.putNull("policy_epoch");
        }
        policy.degraded().ifPresent(how -> json.put("degraded", how));
        policy.cacheProbe().ifPresent(probe -> json.set("cache_probe", probe(probe)));
        json.set("metrics", MetricsJson.of(policy.metrics(), hybrid));
        if (!policy.repeats().isEmpty()) {
            var repeats = json.putArray("repeats");
            for (RunMetrics repeat : policy.repeats()) {
                repeats.add(MetricsJson.of(repeat, hybrid));
            }
        }
        policy.controlPlaneMetricsJson()
                .ifPresentOrElse(
                        said -> json.set("control_plane_metrics", parsedOrText(said)),
                        () -> json.putNull("control_plane_metrics"));
        MachinesJson.put(policy, json);
        return json;
    }

    private static ObjectNode probe(CacheProbe probe) {
        return Json.object()
                .put("prompts", probe.prompts())
                .put("cold_ttft_ms", Json.finite(probe.coldTtftNanos() / NANOS_PER_MILLI))
                .put("warm_ttft_ms", Json.finite(probe.warmTtftNanos() / NANOS_PER_MILLI))
                .put("cold_cached_share", Json.finite(probe.coldCachedShare()))
                .put("warm_cached_share", Json.finite(probe.warmCachedShare()));
    }

    private static void writePolicy(JsonGenerator json, PolicyReport policy, ObjectNode result, RawResults raw) {
        json.writeName(policy.policy());
        writeResult(json, policy, result, raw);
    }

    /// A policy's results with its raw results, as an object.
    static void writeResult(JsonGenerator json, PolicyReport policy, ObjectNode result, RawResults raw) {
        json.writeStartObject();
        result.properties().forEach(entry -> json.writePOJOProperty(entry.getKey(), entry.getValue()));
        json.writeName("raw_results");
        switch (raw) {
            case RawResults.InFile(String name) -> json.writePOJO(Json.object().put("records_file", name));
            case RawResults.Inline(var records) -> {
                json.writeStartArray();
                var requests = new RequestJson(json);
                for (WindowRecord record : records) {
                    if (record.window().policy().equals(policy.policy())) {
                        requests.write(record);
                    }
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private ObjectNode summary() {
        var best = report.best();
        ObjectNode json = Json.object();
        ObjectNode tied = Json.object();
        name(json, tied, "best_throughput", best.throughput());
        name(json, tied, "best_slo_compliance", best.sloCompliance());
        name(json, tied, "best_p99_latency", best.p99Latency());
        if (report.hybrid()) {
            name(json, tied, "best_llm_throughput", best.llmThroughput());
            name(json, tied, "best_embedding_throughput", best.embeddingThroughput());
            name(json, tied, "best_llm_slo", best.llmSlo());
            name(json, tied, "best_embedding_slo", best.embeddingSlo());
        }
        best.throughput().ifPresent(reached -> json.put("best_throughput_rps", Json.finite(reached.value())));
        best.sloCompliance().ifPresent(reached -> json.put("best_slo_compliance_rate", Json.finite(reached.value())));
        best.p99Latency().ifPresent(reached -> json.put("best_p99_latency_ms", Json.finite(reached.value() / NANOS_PER_MILLI)));
        if (!tied.isEmpty()) {
            json.set("tied", tied);
        }
        ObjectNode significance = Json.object();
        report.significance().forEach(tested -> significance.set(tested.figure().wireName(), SignificanceJson.of(tested)));
        if (!significance.isEmpty()) {
            json.set("significance", significance);
        }
        return json;
    }

    private static void name(ObjectNode json, ObjectNode tied, String name, Optional<Best> best) {
        json.put(name, best.map(reached -> reached.policies().getFirst()).orElse(""));
        Consumer<Best> listAll = reached -> {
            var names = tied.putArray(name);
            reached.policies().forEach(names::add);
        };
        best.filter(reached -> reached.policies().size() > 1).ifPresent(listAll);
    }

    /// What a server said: JSON as JSON, and anything else as the text it is.
    private static JsonNode parsedOrText(String said) {
        try {
            return Json.MAPPER.readTree(said);
        } catch (JacksonException _) {
            return Json.MAPPER.getNodeFactory().stringNode(said);
        }
    }
}
