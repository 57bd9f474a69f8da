package io.sagebench.report.csv;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.monitor.GpuUse;
import io.sagebench.report.PolicyReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// One column of a table with a row for each policy.
///
/// @param name stands in the first line
/// @param cell of a policy; empty when not known
record Column(String name, Function<PolicyReport, String> cell) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Column text(String name, Function<RunMetrics, String> cell) {
        return new Column(name, policy -> cell.apply(policy.metrics()));
    }

    static Column count(String name, Function<RunMetrics, Long> cell) {
        return text(name, metrics -> Long.toString(cell.apply(metrics)));
    }

    static Column number(String name, Function<RunMetrics, OptionalDouble> cell) {
        return text(name, metrics -> {
            OptionalDouble value = cell.apply(metrics);
            return value.isPresent() ? number(value.getAsDouble()) : "";
        });
    }

    static Column share(String name, ToDoubleFunction<RunMetrics> cell) {
        return text(name, metrics -> number(cell.applyAsDouble(metrics)));
    }

    static Column millis(
            String name, Function<RunMetrics, Optional<LatencySummary>> latency, ToDoubleFunction<LatencySummary> which) {
        return text(
                name,
                metrics -> latency.apply(metrics)
                        .map(known -> number(which.applyAsDouble(known) / NANOS_PER_MILLI))
                        .orElse(""));
    }

    /// Of what was seen of GPUs; empty where none were watched.
    static Column ofGpus(String name, Function<GpuUse, String> cell) {
        return new Column(name, policy -> policy.machines().gpus().map(cell).orElse(""));
    }

    static Column gpu(String name, Function<GpuUse, OptionalDouble> cell) {
        return ofGpus(name, gpus -> {
            OptionalDouble value = cell.apply(gpus);
            return value.isPresent() ? number(value.getAsDouble()) : "";
        });
    }

    /// The four columns `<name>_avg_ms`, `_p50_ms`, `_p95_ms`, `_p99_ms`.
    static List<Column> percentiles(String name, Function<RunMetrics, Optional<LatencySummary>> latency) {
        return List.of(
                millis(name + "_avg_ms", latency, LatencySummary::mean),
                millis(name + "_p50_ms", latency, LatencySummary::p50),
                millis(name + "_p95_ms", latency, LatencySummary::p95),
                millis(name + "_p99_ms", latency, LatencySummary::p99));
    }

    /// The shortest decimal form, never with an exponent: spreadsheets of some languages misread those.
    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
