package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// What one engine did with each workload, or several engines beside each other.
final class EngineCharts {
    private static final String MOCK = " The figures of mock engines are made, and say nothing of a real one.";
    private static final String MADE = " Simulated engine: these figures are made, and say nothing of a real one.";

    private final List<String> workloads;
    private final boolean synthetic;
    private final BiFunction<String, String, OptionalDouble> figure;

    private EngineCharts(List<String> workloads, boolean synthetic, BiFunction<String, String, OptionalDouble> figure) {
        this.workloads = workloads;
        this.synthetic = synthetic;
        this.figure = figure;
    }

    static List<Plot> run(ResultsView view) {
        if (view.engine().isEmpty()) {
            return List.of(new NoChart("engine_ttft", "the workloads of the file cannot be read"));
        }
        EngineSummary summary = view.engine().get();
        boolean synthetic = summary.run().flatMap(run -> run.fact("simulated")).map(Boolean::parseBoolean).orElse(false);
        var charts = new EngineCharts(List.copyOf(summary.workloads().keySet()), synthetic,
                (workload, key) -> summary.workloads().containsKey(workload) ? summary.workloads().get(workload).value(key) : OptionalDouble.empty());
        return List.of(
                charts.percentiles("engine_ttft", "Time to first token by workload", "Time to first token (ms)", "ttft_ms",
                        "Time to first token of the requests of each workload, from when they were to be sent."),
                charts.percentiles("engine_tbt", "Time between tokens by workload", "Time between tokens (ms)", "tbt_ms",
                        "Time between the tokens of a request after the first, a request counting once; what others call TPOT."),
                charts.percentiles("engine_latency", "End-to-end latency by workload", "End-to-end latency (ms)", "e2el_ms",
                        "End-to-end latency of the requests of each workload, from when they were to be sent."),
                charts.throughput(),
                charts.memory());
    }

    private Plot percentiles(String stem, String title, String label, String distribution, String caption) {
        List<BarSeries> series = series(List.of("p50", "p95", "p99"), statistic -> statistic + "_" + distribution);
        return series.isEmpty()
                ? new NoChart(stem, "no workload has " + distribution)
                : chart(stem, title, caption, List.of(new Bars("", workloads, false, Axis.fromZero(label), series, List.of())));
    }

    private Plot throughput() {
        String stem = "engine_throughput";
        List<BarSeries> tokens = series(List.of("output_throughput_tps"), key -> key);
        List<BarSeries> requests = series(List.of("request_throughput_rps"), key -> key);
        var panels = new ArrayList<Panel>();
        if (!tokens.isEmpty()) {
            panels.add(new Bars("Output tokens", workloads, false, Axis.fromZero("Output tokens/s"), named(tokens, "Output tokens"), List.of()));
        }
        if (!requests.isEmpty()) {
            panels.add(new Bars("Completed requests", workloads, false, Axis.fromZero("Completed requests/s"), named(requests, "Completed requests"), List.of()));
        }
        return panels.isEmpty()
                ? new NoChart(stem, "no workload has output_throughput_tps or request_throughput_rps")
                : chart(stem, "Throughput by workload", "Output tokens and completed requests per second of each workload, all its requests together.", panels);
    }

    private Plot memory() {
        String stem = "engine_memory";
        List<BarSeries> series = named(series(List.of("peak_mem_mb"), key -> key), "peak");
        return series.isEmpty()
                ? new NoChart(stem, "no workload has peak_mem_mb")
                : chart(stem, "Peak memory by workload", "Most memory in use while each workload ran; sources.memory in the file says whose.",
                        List.of(new Bars("", workloads, false, Axis.fromZero("Memory (MiB)"), series, List.of())));
    }

    private Chart chart(String stem, String title, String caption, List<Panel> panels) {
        return new Chart(stem, title, caption + (synthetic ? MADE : ""), panels, synthetic);
    }

    private List<BarSeries> series(List<String> names, UnaryOperator<String> key) {
        var series = new ArrayList<BarSeries>();
        for (String name : names) {
            var one = new BarSeries(name, workloads.stream().mapToDouble(workload -> figure.apply(workload, key.apply(name)).orElse(Double.NaN)).toArray());
            if (PolicyBars.any(one.values())) {
                series.add(one);
            }
        }
        return series;
    }

    private static List<BarSeries> named(List<BarSeries> series, String name) {
        return series.stream().map(one -> new BarSeries(name, one.values(), one.low(), one.high())).toList();
    }

    /// Several targets beside each other, a bar each for every scenario.
    static List<Plot> comparison(ResultsView view) {
        List<Facts> targets = view.root().at("targets").each();
        var scenarios = new LinkedHashSet<String>();
        targets.forEach(target -> target.at("rows").each().forEach(row -> row.text("scenario").ifPresent(scenarios::add)));
        return List.of(
                beside("engine_ttft", "Time to first token by engine", "Mean time to first token (ms)", "avg_ttft_ms", targets, List.copyOf(scenarios)),
                beside("engine_tbt", "Time between tokens by engine", "Mean time between tokens (ms)", "avg_tbt_ms", targets, List.copyOf(scenarios)),
                beside("engine_latency", "End-to-end latency by engine", "Mean end-to-end latency (ms)", "avg_e2el_ms", targets, List.copyOf(scenarios)),
                beside("engine_throughput", "Throughput by engine", "Output tokens/s", "output_throughput_tps", targets, List.copyOf(scenarios)));
    }

    private static Plot beside(String stem, String title, String label, String key, List<Facts> targets, List<String> scenarios) {
        boolean made = targets.stream().anyMatch(target -> target.text("backend").orElse("").equals("mock"));
        var series = new ArrayList<BarSeries>();
        for (Facts target : targets) {
            double[] values = scenarios.stream()
                    .mapToDouble(scenario -> target.at("rows").each().stream()
                            .filter(row -> row.text("scenario").orElse("").equals(scenario) && !row.texts("unavailable").contains(key))
                            .findFirst().flatMap(row -> boxed(row.number(key))).orElse(Double.NaN))
                    .toArray();
            series.add(new BarSeries(target.text("label").orElse("?"), values));
        }
        series.removeIf(one -> !PolicyBars.any(one.values()));
        return series.isEmpty()
                ? new NoChart(stem, "no engine has " + key)
                : new Chart(stem, title, label + " in each scenario, a bar for each engine." + (made ? MOCK : ""),
                        List.of(new Bars("", scenarios, false, Axis.fromZero(label), series, List.of())), made);
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
