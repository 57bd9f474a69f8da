package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Prompts and texts to embed side by side.
final class MixCharts {
    private static final String LLM = "LLM";
    private static final String EMBEDDING = "embedding";
    private static final String NOT_MIXED = "only prompts were sent, or the file does not tell them from texts to embed: it takes --mode hybrid";
    private static final double MILLIS_PER_SECOND = 1e3;

    private MixCharts() {}

    /// How many requests of each type there were, and how many a second completed.
    static Plot types(ResultsView view) {
        String stem = "type_breakdown";
        Shown shown = Shown.all(view, MixCharts::isMixed);
        if (shown.isEmpty()) {
            return new NoChart(stem, NOT_MIXED);
        }
        PolicyBars bars = PolicyBars.of(shown);
        var counts = new ArrayList<BarSeries>();
        for (String type : List.of("llm_chat", "llm_generate", EMBEDDING)) {
            counts.add(bars.series(type, "metrics_by_request_type." + type + ".total_requests"));
        }
        if (!PolicyBars.any(counts)) { // files of the earlier tool tell only the two kinds
            counts.clear();
            counts.add(bars.series(LLM, policy -> total(policy, "llm")));
            counts.add(bars.series(EMBEDDING, policy -> total(policy, EMBEDDING)));
        }
        counts.removeIf(series -> !PolicyBars.any(series.values()));
        List<BarSeries> rates = List.of(
                bars.series(LLM, "llm.throughput.requests_per_second"), bars.series(EMBEDDING, "embedding.throughput.requests_per_second"));
        return new Chart(stem, "Requests by type", "How many requests of each type were measured, and how many of them completed per second." + shown.note(),
                List.of(bars.stacked("Measured", Axis.fromZero("Requests"), counts), bars.panel("Completed", Axis.fromZero("Requests/s"), rates, List.of())));
    }

    private static OptionalDouble total(PolicyView policy, String part) {
        OptionalDouble ours = policy.metrics().number(part + ".request_counts.total");
        return ours.isPresent() ? ours : policy.metrics().number(part + ".total_requests");
    }

    /// Mean and p99 of both.
    static Plot latency(ResultsView view) {
        String stem = "llm_vs_embedding_latency";
        Shown shown = Shown.all(view, MixCharts::isMixed);
        if (shown.isEmpty()) {
            return new NoChart(stem, NOT_MIXED);
        }
        PolicyBars bars = PolicyBars.of(shown);
        List<BarSeries> means = List.of(bars.series(LLM, "llm.e2e_latency_ms.avg"), bars.series(EMBEDDING, "embedding.e2e_latency_ms.avg"));
        List<BarSeries> tails = List.of(bars.series(LLM, "llm.e2e_latency_ms.p99"), bars.series(EMBEDDING, "embedding.e2e_latency_ms.p99"));
        if (!PolicyBars.any(means) && !PolicyBars.any(tails)) {
            return new NoChart(stem, "no request completed");
        }
        Axis axis = Axis.fromZero("End-to-end latency (ms)");
        return new Chart(stem, "Latency of prompts and of texts to embed",
                "End-to-end latency of completed requests with a prompt and with texts to embed, mean and p99." + shown.note(),
                List.of(bars.panel("Mean", axis, means, List.of()), bars.panel("p99", axis, tails, List.of())));
    }

    /// Speed and latency of embedding requests by how many texts they carry.
    static Plot batches(ResultsView view) {
        String stem = "embedding_batch_efficiency";
        Shown shown = Shown.leading(view, policy -> !byBatch(policy.requests()).isEmpty());
        if (shown.isEmpty()) {
            return new NoChart(stem, view.policies().stream().anyMatch(MixCharts::isMixed)
                    ? "no request with texts to embed completed, or the file has none of its requests"
                    : NOT_MIXED);
        }
        var sizes = new TreeSet<Double>();
        shown.policies().forEach(policy -> byBatch(policy.requests()).keySet().forEach(sizes::add));
        List<Double> all = List.copyOf(sizes);
        var bars = new ArrayList<BarSeries>();
        var lines = new ArrayList<LineSeries>();
        for (PolicyView policy : shown.policies()) {
            NavigableMap<Double, double[]> batches = byBatch(policy.requests());
            bars.add(new BarSeries(policy.name(), all.stream().mapToDouble(size -> textsPerSecond(size, batches.get(size))).toArray()));
            lines.add(new LineSeries(policy.name(), Values.of(batches.keySet()),
                    Values.of(batches.values().stream().map(sum -> sum[0] / sum[1]).toList()), LineStyle.POINTS));
        }
        return new Chart(stem, "Embedding by batch size",
                "Left: texts per second of a request while it is served, its texts by its mean latency. Right: that mean. By texts in a request."
                        + shown.note() + shown.sampled(),
                List.of(new Bars("Speed", all.stream().map(Numbers::text).toList(), false, Axis.fromZero("Texts/s of a request"), bars, List.of()),
                        new Lines("Latency", Axis.fromZero("Texts in a request"), Axis.fromZero("Mean end-to-end latency (ms)"), lines, List.of())));
    }

    private static double textsPerSecond(double size, double @Nullable [] sum) {
        return sum == null || sum[0] <= 0 ? Double.NaN : size * sum[1] * MILLIS_PER_SECOND / sum[0];
    }

    /// For each batch size the sum of the latencies and their number.
    private static NavigableMap<Double, double[]> byBatch(Requests requests) {
        double[] texts = requests.column(Field.TEXTS);
        double[] latency = requests.column(Field.E2E_MS);
        var batches = new TreeMap<Double, double[]>();
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] > 0 && !Double.isNaN(latency[i])) {
                double[] sum = batches.computeIfAbsent(texts[i], _ -> new double[2]);
                sum[0] += latency[i];
                sum[1]++;
            }
        }
        return batches;
    }

    private static boolean isMixed(PolicyView policy) {
        return policy.metrics().at("llm").isPresent() && policy.metrics().at(EMBEDDING).isPresent();
    }
}
