package io.sagebench.report.csv;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.NewFile;
import io.sagebench.report.PolicyReport;
import io.sagebench.request.Priority;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// One row a policy that was measured, ceilings included and marked as such: the documented columns in the documented order, then ours. An empty cell is not known. Quoted as RFC 4180 says.
public final class SummaryCsv {
    private static final double NANOS_PER_MILLI = 1e6;
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
        var text = new StringBuilder();
        text.append(String.join(",", header())).append(END_OF_LINE);
        for (PolicyReport policy : report.policies()) {
            text.append(String.join(",", row(policy).stream().map(SummaryCsv::quoted).toList())).append(END_OF_LINE);
        }
        return text.toString();
    }

    private static List<String> header() {
        var names = new ArrayList<>(List.of(
                "policy", "throughput_rps", "token_throughput_tps",
                "e2e_latency_avg_ms", "e2e_latency_p50_ms", "e2e_latency_p95_ms", "e2e_latency_p99_ms",
                "ttft_avg_ms", "ttft_p50_ms", "ttft_p95_ms", "ttft_p99_ms",
                "tbt_avg_ms", "tbt_p95_ms",
                "slo_compliance_rate", "error_rate", "timeout_rate",
                "total_requests", "completed_requests", "failed_requests",
                "timeout_requests", "rejected_requests", "rejected_rate", "goodput_rps"));
        for (Priority priority : Priority.values()) {
            names.add("slo_compliance_rate_" + priority.name().toLowerCase(Locale.ROOT));
        }
        names.addAll(List.of("itl_avg_ms", "itl_p99_ms", "tpot_avg_ms", "send_lag_p99_ms", "validity", "target",
                "ceiling", "jain_by_tenant", "usd", "usd_per_1k_tokens", "busy_usd"));
        return names;
    }

    private List<String> row(PolicyReport policy) {
        RunMetrics metrics = policy.metrics();
        var counts = metrics.counts();
        var cells = new ArrayList<String>();
        cells.add(policy.policy());
        cells.add(number(metrics.throughput().requestsPerSecond()));
        cells.add(number(metrics.throughput().outputTokensPerSecond()));
        percentiles(cells, metrics.endToEnd());
        percentiles(cells, metrics.ttft());
        cells.add(millis(metrics.tbt(), LatencySummary::mean));
        cells.add(millis(metrics.tbt(), LatencySummary::p95));
        cells.add(number(metrics.slo().attainment()));
        cells.add(number(counts.errorRate()));
        cells.add(number(counts.timeoutRate()));
        cells.add(Long.toString(counts.total()));
        cells.add(Long.toString(counts.completed()));
        cells.add(Long.toString(counts.failed()));
        cells.add(Long.toString(counts.timedOut()));
        cells.add(Long.toString(counts.rejected()));
        cells.add(number(counts.rejectedRate()));
        cells.add(number(metrics.throughput().goodputPerSecond()));
        for (Priority priority : Priority.values()) {
            var group = metrics.byPriority().get(priority);
            cells.add(group == null ? "" : number(group.slo().attainment()));
        }
        cells.add(millis(metrics.itl(), LatencySummary::mean));
        cells.add(millis(metrics.itl(), LatencySummary::p99));
        cells.add(millis(metrics.tpot(), LatencySummary::mean));
        cells.add(millis(metrics.sendLag(), LatencySummary::p99));
        cells.add(metrics.validity().verdict().wireName());
        cells.add(report.target().kind().wireName());
        cells.add(Boolean.toString(policy.isCeiling()));
        cells.add(metrics.fairness().byTenant().map(fairness -> number(fairness.jain())).orElse(""));
        cells.add(number(metrics.cost().rentedUsd()));
        cells.add(number(metrics.cost().rentedUsdPer1kTokens()));
        cells.add(number(metrics.cost().busyUsd()));
        return cells;
    }

    private static void percentiles(List<String> cells, Optional<LatencySummary> latency) {
        cells.add(millis(latency, LatencySummary::mean));
        cells.add(millis(latency, LatencySummary::p50));
        cells.add(millis(latency, LatencySummary::p95));
        cells.add(millis(latency, LatencySummary::p99));
    }

    private static String millis(Optional<LatencySummary> latency, ToDoubleFunction<LatencySummary> which) {
        return latency.map(known -> number(which.applyAsDouble(known) / NANOS_PER_MILLI)).orElse("");
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    /// The shortest decimal form, never with an exponent: spreadsheets of some languages misread those.
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String quoted(String cell) {
        boolean needed = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
