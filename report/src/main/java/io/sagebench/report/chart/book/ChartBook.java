package io.sagebench.report.chart.book;

import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.ResultsView.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All charts of a results file. The thirteen that the earlier tool documents are always among them, as a chart or as the reason why there is none;
/// others are where the kind of file has them.
public final class ChartBook {
    /// What the documented charts need, by their names.
    private static final Map<String, String> DOCUMENTED = documented();

    private static final List<String> FURTHER = List.of(
            "ttft_percentiles",
            "tpot_percentiles",
            "ttft_vs_tpot",
            "latency_over_time",
            "throughput_over_time",
            "in_flight_over_time",
            "queue_over_time",
            "errors_over_time",
            "instance_load_over_time",
            "queue_vs_engine",
            "instance_load",
            "outcomes",
            "slo_by_type",
            "slo_by_model",
            "slo_by_tenant",
            "fairness",
            "cost_attainment",
            "goodput_vs_rate",
            "slo_vs_rate",
            "latency_vs_rate",
            "latency_vs_throughput",
            "fairness_vs_rate",
            "latency_vs_load",
            "slo_vs_load",
            "cost_by_fleet",
            "capacity",
            "capacity_search",
            "engine_ttft",
            "engine_tbt",
            "engine_latency",
            "engine_throughput",
            "engine_memory");

    private ChartBook() {}

    private static Map<String, String> documented() {
        String policies = "a results file of run or compare";
        var needs = new LinkedHashMap<String, String>();
        needs.put("throughput_comparison", policies);
        needs.put("throughput_vs_rate", "a file of sweep, or of the experiment throughput");
        needs.put("latency_distribution", policies);
        needs.put("latency_percentiles", policies);
        needs.put("latency_cdf", policies);
        needs.put("slo_compliance", policies);
        needs.put("slo_by_priority", policies);
        needs.put("gpu_utilization", policies);
        needs.put("gpu_memory", policies);
        needs.put("mixed_ratio_impact", "a file of the experiment mixed_ratio");
        needs.put("embedding_batch_efficiency", policies + " with --mode hybrid");
        needs.put("type_breakdown", policies + " with --mode hybrid");
        needs.put("llm_vs_embedding_latency", policies + " with --mode hybrid");
        return needs;
    }

    /// The names of the documented charts, in their order.
    public static List<String> documentedStems() {
        return List.copyOf(DOCUMENTED.keySet());
    }

    /// The names of all charts, the documented ones first; a file has those of its kind.
    public static List<String> stems() {
        var stems = new ArrayList<>(DOCUMENTED.keySet());
        stems.addAll(FURTHER);
        return List.copyOf(stems);
    }

    /// Every chart that a file of this kind has, and the documented ones that it cannot have with the reason; the documented ones first.
    public static List<Plot> of(ResultsView view) {
        var made = new LinkedHashMap<String, Plot>();
        for (Plot plot : plots(view)) {
            if (made.put(plot.stem(), plot) != null || !stems().contains(plot.stem())) {
                throw new IllegalStateException("two charts, or one that is not listed, are called " + plot.stem());
            }
        }
        var book = new ArrayList<Plot>();
        DOCUMENTED.forEach((stem, needs) -> book.add(Optional.ofNullable(made.remove(stem)).orElseGet(() -> new NoChart(stem, otherKind(view, needs)))));
        book.addAll(made.values());
        return List.copyOf(book);
    }

    private static List<Plot> plots(ResultsView view) {
        return switch (view.kind()) {
            case BENCHMARK -> benchmark(view);
            case SWEEP -> new RateCharts(view).plots();
            case EXPERIMENT -> ExperimentCharts.plots(view);
            case ENGINE -> EngineCharts.run(view);
            case ENGINE_COMPARISON -> EngineCharts.comparison(view);
        };
    }

    private static List<Plot> benchmark(ResultsView view) {
        return List.of(
                ThroughputCharts.comparison(view),
                LatencyCharts.distribution(view),
                LatencyCharts.percentiles(view),
                LatencyCharts.cdf(view),
                SloCharts.compliance(view),
                SloCharts.byPriority(view),
                DeviceCharts.utilization(view.policies()),
                DeviceCharts.memory(view.policies()),
                MixCharts.batches(view),
                MixCharts.types(view),
                MixCharts.latency(view),
                LatencyCharts.ttftPercentiles(view),
                LatencyCharts.tpotPercentiles(view),
                RequestCharts.ttftAgainstTpot(view),
                TimeCharts.latency(view),
                TimeCharts.throughput(view),
                TimeCharts.inFlight(view),
                TimeCharts.queue(view),
                TimeCharts.errors(view),
                TimeCharts.instances(view),
                RequestCharts.queueAgainstEngine(view),
                RequestCharts.instanceLoad(view),
                RequestCharts.outcomes(view),
                SloCharts.byType(view),
                SloCharts.byModel(view),
                SloCharts.byTenant(view),
                ValueCharts.fairness(view),
                ValueCharts.cost(view));
    }

    private static String otherKind(ResultsView view, String needs) {
        return "it takes " + needs + ", and this is " + called(view);
    }

    private static String called(ResultsView view) {
        Kind kind = view.kind();
        return switch (kind) {
            case BENCHMARK -> "one of policies under one load";
            case SWEEP -> "one of a sweep";
            case EXPERIMENT -> "one of the experiment " + view.root().text("experiment_type").orElse("(unnamed)");
            case ENGINE -> "one of engine run";
            case ENGINE_COMPARISON -> "one of engine compare";
        };
    }
}
