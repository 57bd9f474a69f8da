package io.sagebench.report.engine.compare;

import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A comparison of engines as `comparison.json`. Figures of an engine that failed are `null` where they would be ranked.
public final class ComparisonJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ComparisonJson() {}

    /// The whole document, indented.
    ///
    /// @param batchSizes how many requests at once each scenario had; empty when workloads were named
    public static String text(EngineComparison comparison, List<Integer> batchSizes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "compare").put("model", comparison.baseline().model());
        ArrayNode sizes = json.putArray("batch_sizes");
        batchSizes.forEach(sizes::add);
        json.put("rounds", comparison.rounds()).put("baseline", comparison.baseline().label());
        ArrayNode targets = json.putArray("targets");
        comparison.targets().forEach(target -> targets.add(target(target, comparison)));
        ArrayNode notes = json.putArray("notes");
        comparison.notes().forEach(notes::add);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static ObjectNode target(TargetResult target, EngineComparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("label", target.label()).put("url", target.url()).put("model", target.model());
        json.put("backend", target.summary().run().flatMap(run -> run.fact("backend")).orElse(null));
        json.put("ok", target.isUsable()).put("failure", target.failure().orElse(null));
        ArrayNode rows = json.putArray("rows");
        target.summary().workloads().forEach((workload, metrics) -> {
            ObjectNode row = rows.addObject().put("scenario", workload);
            row.setAll(EngineJson.tree(metrics));
        });
        TargetResult baseline = comparison.baseline();
        json.put("avg_ttft_ms", mean(target, "avg_ttft_ms"))
                .put("avg_tbt_ms", mean(target, "avg_tbt_ms"))
                .put("avg_throughput_tps", mean(target, "avg_throughput_tps"))
                .put("avg_output_throughput_tps", mean(target, "output_throughput_tps"));
        json.putObject("delta_vs_baseline")
                .put("ttft_ms", delta(target, baseline, "avg_ttft_ms"))
                .put("tbt_ms", delta(target, baseline, "avg_tbt_ms"))
                .put("throughput_tps", delta(target, baseline, "avg_throughput_tps"))
                .put("output_throughput_tps", delta(target, baseline, "output_throughput_tps"));
        ArrayNode differences = json.putArray("differences");
        comparison.differences().getOrDefault(target.label(), List.of()).forEach(each -> differences.add(difference(each)));
        return json;
    }

    private static ObjectNode difference(EngineDifference each) {
        return JsonNodeFactory.instance.objectNode()
                .put("scenario", each.workload())
                .put("figure", each.field().key())
                .put("baseline", number(each.baseline()))
                .put("value", number(each.value()))
                .put("worsening", number(each.worsening()))
                .put("low", each.interval().map(Interval::low).orElse(null))
                .put("high", each.interval().map(Interval::high).orElse(null))
                .put("p_value", number(each.pValue()))
                .put("verdict", each.verdict().text().replace(' ', '_'));
    }

    /// Over scenarios; of an engine that failed, or did not measure it in each, there is none.
    private static @Nullable Double mean(TargetResult target, String figure) {
        if (!target.isUsable()) {
            return null;
        }
        double sum = 0;
        for (EngineMetrics metrics : target.summary().workloads().values()) {
            OptionalDouble value = metrics.value(figure);
            if (value.isEmpty()) {
                return null;
            }
            sum += value.getAsDouble();
        }
        return sum / target.summary().workloads().size();
    }

    private static @Nullable Double delta(TargetResult target, TargetResult baseline, String figure) {
        Double here = mean(target, figure);
        Double there = mean(baseline, figure);
        return here == null || there == null ? null : here - there;
    }

    private static @Nullable Double number(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? (Double) value.getAsDouble() : null;
    }
}
