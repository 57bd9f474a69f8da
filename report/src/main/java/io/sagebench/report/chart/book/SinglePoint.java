package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Charts of an experiment's policies at one of its settings, or over all.
final class SinglePoint {
    private static final double PERCENT = 100;
    private static final double EVEN = 0.5;

    private SinglePoint() {}

    /// A figure of each policy in `summary.policies`.
    static Plot summary(ResultsView view, String stem, String title, String figure, Axis axis, double scale, String caption) {
        Facts policies = view.root().at("summary.policies");
        return bars(stem, title, caption, axis, policies, List.of(new Figure("", figure)), scale);
    }

    private record Figure(String name, String path) {}

    private static Plot bars(String stem, String title, String caption, Axis axis, Facts policies, List<Figure> figures, double scale) {
        List<String> names = policies.names();
        var series = new ArrayList<BarSeries>();
        for (Figure figure : figures) {
            series.add(new BarSeries(figure.name().isEmpty() ? title : figure.name(), names.stream()
                    .mapToDouble(policy -> scale * policies.named(policy).number(figure.path()).orElse(Double.NaN)).toArray()));
        }
        return PolicyBars.any(series)
                ? new Chart(stem, title, caption, List.of(new Bars("", names, figures.size() == 1, axis, series, List.of())))
                : new NoChart(stem, "no policy has it");
    }

    /// Throughput where half of the requests had a prompt.
    static Plot evenMixThroughput(ResultsView view) {
        Facts even = evenMix(view);
        return bars("throughput_comparison", "Throughput by policy", "Completed requests per second with " + mix(even) + ".", Axis.fromZero("Requests/s"),
                even.at("policies"), List.of(new Figure("", "throughput")), 1);
    }

    /// Latency of both kinds there.
    static Plot evenMixLatency(ResultsView view) {
        Facts even = evenMix(view);
        String stem = "llm_vs_embedding_latency";
        Plot means = bars(stem, "Mean", "-", Axis.fromZero("End-to-end latency (ms)"), even.at("policies"),
                List.of(new Figure("LLM", "llm_stats.avg_latency_ms"), new Figure("embedding", "embedding_stats.avg_latency_ms")), 1);
        Plot tails = bars(stem, "p99", "-", Axis.fromZero("End-to-end latency (ms)"), even.at("policies"),
                List.of(new Figure("LLM", "llm_stats.p99_latency_ms"), new Figure("embedding", "embedding_stats.p99_latency_ms")), 1);
        if (!(means instanceof Chart left) || !(tails instanceof Chart right)) {
            return new NoChart(stem, "no request completed with " + mix(even));
        }
        return new Chart(stem, "Latency of prompts and of texts to embed", "End-to-end latency of completed requests, mean and p99, with " + mix(even) + ".",
                List.of(titled(left, "Mean"), titled(right, "p99")));
    }

    private static Bars titled(Chart chart, String title) {
        return chart.panels().getFirst() instanceof Bars bars
                ? new Bars(title, bars.categories(), bars.categoriesAreNamed(), bars.values(), bars.series(), bars.marks())
                : throwing(chart);
    }

    private static Bars throwing(Chart chart) {
        throw new IllegalStateException(chart.stem() + " has no bars");
    }

    private static String mix(Facts even) {
        return Numbers.text(PERCENT * even.number("llm_ratio").orElse(EVEN)) + " % of the requests with a prompt";
    }

    private static Facts evenMix(ResultsView view) {
        return view.root().at("results").each().stream()
                .min(Comparator.comparingDouble(result -> Math.abs(result.number("llm_ratio").orElse(2) - EVEN)))
                .orElse(view.root().at("results"));
    }

    /// Attainment of each tenant at the highest load.
    static Plot tenants(ResultsView view) {
        String stem = "slo_by_tenant";
        List<Facts> results = view.root().at("results").each();
        if (results.isEmpty()) {
            return new NoChart(stem, "the file has no results");
        }
        Facts highest = results.getLast();
        Facts policies = highest.at("policies");
        var tenants = new LinkedHashSet<String>();
        policies.names().forEach(policy -> tenants.addAll(policies.named(policy).at("tenants").names()));
        var series = new ArrayList<BarSeries>();
        for (String tenant : tenants) {
            series.add(new BarSeries(tenant, policies.names().stream()
                    .mapToDouble(policy -> PERCENT * policies.named(policy).at("tenants").named(tenant).number("slo_compliance").orElse(Double.NaN)).toArray()));
        }
        return PolicyBars.any(series)
                ? new Chart(stem, "Service level attainment by tenant", "Share of each tenant's requests within their service level at the highest load, "
                        + Numbers.text(highest.number("load_level").orElse(Double.NaN)) + " requests/s.",
                        List.of(new Bars("", policies.names(), false, SloCharts.ATTAINMENT, series, SloCharts.TARGET)))
                : new NoChart(stem, "no policy says how its tenants fared");
    }

    /// The charts of the experiment that asks for the latency at one rate.
    static List<Plot> latency(ResultsView view) {
        List<Facts> results = view.root().at("results").each().stream().filter(result -> result.text("policy").isPresent()).toList();
        var percentiles = new LinkedHashSet<String>();
        results.forEach(result -> percentiles.addAll(result.at("percentiles").names()));
        List<String> policies = results.stream().map(result -> result.text("policy").orElse("")).toList();
        var bars = new ArrayList<BarSeries>();
        for (String percentile : percentiles) {
            bars.add(new BarSeries(percentile, Values.of(results.stream()
                    .mapToDouble(result -> result.at("percentiles").named(percentile).number().orElse(Double.NaN)).toArray()), Values.NONE, Values.NONE));
        }
        bars.removeIf(series -> !PolicyBars.any(series.values()));
        Map<String, double[]> raw = new LinkedHashMap<>();
        for (Facts result : results) {
            double[] latencies = result.at("raw_latencies").each().stream().mapToDouble(one -> one.number().orElse(Double.NaN))
                    .filter(value -> !Double.isNaN(value)).sorted().toArray();
            if (latencies.length > 0 && raw.size() < Shown.MOST_LINES) {
                raw.put(result.text("policy").orElse(""), latencies);
            }
        }
        String why = "the file has no raw_latencies";
        String first = "Of the first requests of each policy, which are all that such a file keeps: ";
        String left = raw.size() < results.size() ? " Of the first " + raw.size() + " policies." : "";
        return List.of(
                bars.isEmpty()
                        ? new NoChart("latency_percentiles", "no policy has percentiles")
                        : new Chart("latency_percentiles", "End-to-end latency percentiles by policy",
                                "End-to-end latency of completed requests. A percentile that is missing had too few requests to know it.",
                                List.of(new Bars("", policies, false, Axis.fromZero("End-to-end latency (ms)"), bars, List.of()))),
                raw.isEmpty() ? new NoChart("latency_distribution", why) : LatencyCharts.distribution("latency_distribution", raw,
                        first + "how many took how long, in bins that are the same for all." + left),
                raw.isEmpty() ? new NoChart("latency_cdf", why) : LatencyCharts.cdf("latency_cdf", raw,
                        first + "the share that took at most so long." + left));
    }
}
