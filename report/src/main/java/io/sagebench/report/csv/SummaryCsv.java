package io.sagebench.report.csv;

import static io.sagebench.report.csv.Column.count;
import static io.sagebench.report.csv.Column.millis;
import static io.sagebench.report.csv.Column.number;
import static io.sagebench.report.csv.Column.percentiles;
import static io.sagebench.report.csv.Column.share;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.Spread;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.NewFile;
import io.sagebench.report.PolicyReport;
import io.sagebench.request.Priority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// One row a policy that was measured, ceilings included and marked as such: the documented columns in the documented order, those of prompts and
/// texts apart where both are sent, then ours. An empty cell is not known. Quoted as RFC 4180 says.
public final class SummaryCsv {
    private static final String END_OF_LINE = "\r\n";

    private final BenchmarkReport report;

    /// @param report what to write
    public SummaryCsv(BenchmarkReport report) {
        this.report = report;
    }

    /// Writes it to a file, which appears whole or not at all.
    ///
    /// @param replace whether a file of that name may be there already
    public void write(Path target, boolean replace) throws IOException {
        NewFile.write(target, text().getBytes(StandardCharsets.UTF_8), replace);
    }

    /// The whole file.
    public String text() {
        var columns = new ArrayList<>(report.hybrid() ? hybrid() : llm());
        columns.addAll(ours());
        columns.addAll(moreOfGpus());
        var text = new StringBuilder(line(columns, Column::name));
        for (PolicyReport policy : report.policies()) {
            text.append(line(columns, column -> column.cell().apply(policy)));
        }
        return text.toString();
    }

    private static String line(List<Column> columns, Function<Column, String> cell) {
        return columns.stream().map(cell).map(CsvCell::of).collect(Collectors.joining(",")) + END_OF_LINE;
    }

    private static List<Column> llm() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("policy", PolicyReport::policy));
        columns.add(number("throughput_rps", metrics -> metrics.throughput().requestsPerSecond()));
        columns.add(number("token_throughput_tps", metrics -> metrics.throughput().outputTokensPerSecond()));
        columns.addAll(percentiles("e2e_latency", RunMetrics::endToEnd));
        columns.addAll(percentiles("ttft", RunMetrics::ttft));
        columns.add(millis("tbt_avg_ms", RunMetrics::tbt, LatencySummary::mean));
        columns.add(millis("tbt_p95_ms", RunMetrics::tbt, LatencySummary::p95));
        columns.addAll(rates());
        columns.add(count("total_requests", metrics -> metrics.counts().total()));
        columns.add(count("completed_requests", metrics -> metrics.counts().completed()));
        columns.add(count("failed_requests", metrics -> metrics.counts().failed()));
        return columns;
    }

    private static List<Column> hybrid() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("policy", PolicyReport::policy));
        columns.add(number("throughput_rps", metrics -> metrics.throughput().requestsPerSecond()));
        columns.addAll(percentiles("e2e_latency", RunMetrics::endToEnd));
        columns.addAll(rates());
        columns.add(count("total_requests", metrics -> metrics.counts().total()));
        columns.add(count("completed_requests", metrics -> metrics.counts().completed()));
        Function<RunMetrics, Group> llm = metrics -> metrics.parts().llm();
        columns.add(count("llm_total_requests", metrics -> llm.apply(metrics).total()));
        columns.add(count("llm_completed_requests", metrics -> llm.apply(metrics).completed()));
        columns.add(number("llm_throughput_rps", metrics -> metrics.parts().llmRequestsPerSecond()));
        columns.add(number("llm_token_throughput_tps", metrics -> metrics.throughput().outputTokensPerSecond()));
        columns.addAll(percentiles("llm_ttft", RunMetrics::ttft));
        columns.add(millis("llm_tbt_avg_ms", RunMetrics::tbt, LatencySummary::mean));
        columns.addAll(part("llm", llm));
        Function<RunMetrics, Group> embedding = metrics -> metrics.parts().embedding();
        columns.add(count("embedding_total_requests", metrics -> embedding.apply(metrics).total()));
        columns.add(count("embedding_completed_requests", metrics -> embedding.apply(metrics).completed()));
        columns.add(number("embedding_throughput_rps", metrics -> metrics.parts().embeddingRequestsPerSecond()));
        columns.add(number("embedding_throughput_texts_ps", metrics -> metrics.parts().textsPerSecond()));
        columns.add(number("embedding_batch_efficiency", _ -> OptionalDouble.empty()));
        columns.add(number("embedding_avg_batch_size", metrics -> embedding.apply(metrics).averageBatch()));
        columns.addAll(part("embedding", embedding));
        columns.add(number("llm_ratio_actual", metrics -> metrics.parts().llmShare()));
        columns.add(number("embedding_ratio_actual", metrics -> metrics.parts().embeddingShare()));
        columns.addAll(gpus());
        return columns;
    }

    private static List<Column> gpus() {
        return List.of(
                Column.gpu("gpu_utilization_avg", gpus -> figure(gpus.figures().utilization(), Spread::mean)),
                Column.gpu("gpu_utilization_max", gpus -> figure(gpus.figures().utilization(), Spread::most)),
                Column.gpu("gpu_memory_avg_mb", gpus -> figure(gpus.figures().memoryUsed(), Spread::mean)),
                Column.gpu("gpu_memory_max_mb", gpus -> figure(gpus.figures().memoryUsed(), Spread::most)));
    }

    private static OptionalDouble figure(Optional<Spread> figure, ToDoubleFunction<Spread> which) {
        return figure.isPresent() ? OptionalDouble.of(which.applyAsDouble(figure.get())) : OptionalDouble.empty();
    }

    /// Where any GPU was watched: what else there is to say of them, above all whether the figures are made up.
    private List<Column> moreOfGpus() {
        if (report.policies().stream().allMatch(policy -> policy.machines().gpus().isEmpty())) {
            return List.of();
        }
        var columns = new ArrayList<>(report.hybrid() ? List.<Column>of() : gpus());
        columns.add(Column.gpu("gpu_power_avg_watts", gpus -> figure(gpus.figures().power(), Spread::mean)));
        columns.add(Column.gpu("gpu_energy_joules", gpus ->
                gpus.energy().map(energy -> OptionalDouble.of(energy.joules())).orElse(OptionalDouble.empty())));
        columns.add(Column.ofGpus("gpu_source", GpuUse::source));
        columns.add(Column.ofGpus("gpu_synthetic", gpus -> Boolean.toString(gpus.synthetic())));
        return columns;
    }

    private static List<Column> rates() {
        return List.of(
                number("slo_compliance_rate", metrics -> metrics.slo().attainment()),
                share("error_rate", metrics -> metrics.counts().errorRate()),
                share("timeout_rate", metrics -> metrics.counts().timeoutRate()));
    }

    private static List<Column> part(String name, Function<RunMetrics, Group> part) {
        return List.of(
                millis(name + "_e2e_latency_avg_ms", metrics -> part.apply(metrics).endToEnd(), LatencySummary::mean),
                millis(name + "_e2e_latency_p99_ms", metrics -> part.apply(metrics).endToEnd(), LatencySummary::p99),
                number(name + "_slo_compliance_rate", metrics -> part.apply(metrics).slo().attainment()));
    }

    private List<Column> ours() {
        var columns = new ArrayList<Column>();
        columns.add(count("timeout_requests", metrics -> metrics.counts().timedOut()));
        columns.add(count("rejected_requests", metrics -> metrics.counts().rejected()));
        columns.add(share("rejected_rate", metrics -> metrics.counts().rejectedRate()));
        columns.add(number("goodput_rps", metrics -> metrics.throughput().goodputPerSecond()));
        for (Priority priority : Priority.values()) {
            columns.add(number("slo_compliance_rate_" + priority.name().toLowerCase(Locale.ROOT), metrics -> {
                Group group = metrics.byPriority().get(priority);
                return group == null ? OptionalDouble.empty() : group.slo().attainment();
            }));
        }
        columns.add(millis("itl_avg_ms", RunMetrics::itl, LatencySummary::mean));
        columns.add(millis("itl_p99_ms", RunMetrics::itl, LatencySummary::p99));
        columns.add(millis("tpot_avg_ms", RunMetrics::tpot, LatencySummary::mean));
        columns.add(millis("send_lag_p99_ms", RunMetrics::sendLag, LatencySummary::p99));
        columns.add(Column.text("validity", metrics -> metrics.validity().verdict().wireName()));
        columns.add(new Column("target", _ -> report.target().kind().wireName()));
        columns.add(new Column("ceiling", policy -> Boolean.toString(policy.isCeiling())));
        columns.add(number("jain_by_tenant", metrics -> metrics.fairness().byTenant()
                .map(fairness -> OptionalDouble.of(fairness.jain()))
                .orElse(OptionalDouble.empty())));
        columns.add(number("usd", metrics -> metrics.cost().rentedUsd()));
        columns.add(number("usd_per_1k_tokens", metrics -> metrics.cost().rentedUsdPer1kTokens()));
        columns.add(number("busy_usd", metrics -> metrics.cost().busyUsd()));
        return columns;
    }
}
