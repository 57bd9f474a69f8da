package io.sagebench.report.json;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.sweep.Knee;
import io.sagebench.report.sweep.PolicySweep;
import io.sagebench.report.sweep.RateResult;
import io.sagebench.report.sweep.SweepReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A sweep as JSON: for each policy a file in the documented layout, which has nothing but rates, and one with all that belongs to them together.
public final class SweepJson {
    private final SweepReport report;

    /// @param report what to write
    public SweepJson(SweepReport report) {
        this.report = report;
    }

    /// A rate as a key: `10.0`.
    public static String key(double ratePerSecond) {
        String plain = BigDecimal.valueOf(ratePerSecond).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /// Writes the file of one policy: its full results by rate.
    public void writePolicy(PolicySweep policy, Path target, boolean replace) throws IOException {
        WholeFile.write(target, replace, json -> {
            json.writeStartObject();
            for (RateResult rate : policy.rates()) {
                json.writeName(key(rate.ratePerSecond()));
                ObjectNode result = JsonReport.policy(rate.policy(), report.hybrid());
                if (rate.cutShort()) {
                    result.put("cut_short", true);
                }
                JsonReport.writeResult(json, rate.policy(), result, rate.raw());
            }
            json.writeEndObject();
        });
    }

    /// Writes what belongs to all of them.
    ///
    /// @param files the name of each policy's file
    public void write(Path target, Map<String, String> files, boolean replace) throws IOException {
        WholeFile.write(target, replace, json -> write(json, files));
    }

    private void write(JsonGenerator json, Map<String, String> files) {
        json.writeStartObject();
        json.writeStringProperty("timestamp", report.run().startedAt().toString());
        json.writeStringProperty("version", JsonReport.LAYOUT);
        json.writeStringProperty("benchmark_type", report.hybrid() ? "hybrid" : "llm");
        json.writePOJOProperty("tool", JsonReport.tool(report.tool()));
        json.writePOJOProperty("run", JsonReport.run(report.run()));
        json.writePOJOProperty("target", JsonReport.target(report.target()));
        json.writePOJOProperty("config", report.configuration());
        json.writePOJOProperty("rates", report.rates());
        json.writeObjectPropertyStart("throughput_vs_rate");
        for (PolicySweep policy : report.policies()) {
            json.writeArrayPropertyStart(policy.policy());
            policy.rates().forEach(rate -> json.writePOJO(row(rate)));
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writePOJOProperty("knee", knees());
        ObjectNode notRun = Json.object();
        report.notRun().forEach(policy -> notRun.put(policy.policy(), policy.reason()));
        json.writePOJOProperty("not_run", notRun);
        json.writePOJOProperty("files", files);
        json.writeBooleanProperty("success", report.error().isEmpty());
        json.writePOJOProperty("error", report.error().orElse(null));
        json.writePOJOProperty("definitions", Definitions.json().put("knee", Knee.RULE));
        json.writeEndObject();
    }

    private ObjectNode knees() {
        ObjectNode knees = Json.object();
        for (PolicySweep policy : report.policies()) {
            policy.knee().ifPresentOrElse(
                    knee -> knees.putObject(policy.policy())
                            .put("rate", knee.ratePerSecond())
                            .put("throughput_rps", Json.finite(knee.throughput()))
                            .put("is_highest_rate", knee.isHighest()),
                    () -> knees.putNull(policy.policy()));
        }
        return knees;
    }

    private static ObjectNode row(RateResult rate) {
        RunMetrics metrics = rate.policy().metrics();
        return Json.object()
                .put("rate", rate.ratePerSecond())
                .put("offered_requests_per_second", Json.finite(metrics.throughput().offeredRequestsPerSecond()))
                .put("requests_per_second", Json.finite(metrics.throughput().requestsPerSecond()))
                .put("goodput_rps", Json.finite(metrics.throughput().goodputPerSecond()))
                .put("tokens_per_second", Json.finite(metrics.throughput().outputTokensPerSecond()))
                .put("avg_latency_ms", millis(metrics, LatencySummary::mean))
                .put("p99_latency_ms", millis(metrics, LatencySummary::p99))
                .put("compliance_rate", Json.finite(metrics.slo().attainment()))
                .put("completed", metrics.counts().completed())
                .put("total", metrics.counts().total())
                .put("cut_short", rate.cutShort());
    }

    private static @Nullable Double millis(RunMetrics metrics, ToDoubleFunction<LatencySummary> figure) {
        return Json.millis(metrics.endToEnd().map(latency -> OptionalDouble.of(figure.applyAsDouble(latency))).orElse(OptionalDouble.empty()));
    }
}
