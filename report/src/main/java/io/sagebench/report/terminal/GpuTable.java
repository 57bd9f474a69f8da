package io.sagebench.report.terminal;

import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.Spread;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.PolicyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What was seen of GPUs, a row for each policy; figures that are made up say so in every row.
final class GpuTable {
    private GpuTable() {}

    /// The candidates while which GPUs were watched.
    static List<PolicyReport> watched(BenchmarkReport report) {
        return report.candidates().stream().filter(policy -> policy.machines().gpus().isPresent()).toList();
    }

    /// Says who told, and of which machine.
    static String title(List<PolicyReport> watched) {
        var sources = watched.stream().flatMap(policy -> policy.machines().gpus().stream()).map(GpuUse::sourceLine).distinct().toList();
        return "GPU (" + String.join("; ", sources) + ")";
    }

    static Columns of(List<PolicyReport> watched) {
        List<Column> columns = List.of(
                new Column("Util Avg/Max", gpus -> pair(gpus.figures().utilization(), "%")),
                new Column("Mem Avg/Max", gpus -> pair(gpus.figures().memoryUsed(), " MiB")),
                new Column("Temp Avg", gpus -> one(gpus.figures().temperature(), Spread::mean, " C")),
                new Column("Power Avg", gpus -> one(gpus.figures().power(), Spread::mean, " W")));
        boolean synthetic = watched.stream().anyMatch(policy -> policy.machines().gpus().orElseThrow().synthetic());
        var headers = new ArrayList<>(List.of("Policy"));
        columns.forEach(column -> headers.add(column.header));
        headers.add("J/Token");
        if (synthetic) {
            headers.add("Source");
        }
        return new Columns(
                headers,
                watched.stream().map(policy -> {
                    GpuUse gpus = policy.machines().gpus().orElseThrow();
                    var row = new ArrayList<>(List.of(policy.policy()));
                    columns.forEach(column -> row.add(column.cell.apply(gpus)));
                    row.add(gpus.joulesPerToken(policy.metrics().tokens().output()).map(GpuTable::joules).orElse("-"));
                    if (synthetic) {
                        row.add(gpus.synthetic() ? "SYNTHETIC" : gpus.source());
                    }
                    return List.copyOf(row);
                }).toList());
    }

    private record Column(String header, Function<GpuUse, String> cell) {}

    private static String pair(Optional<Spread> figure, String unit) {
        return figure.map(known -> number(known.mean()) + "/" + number(known.most()) + unit).orElse("-");
    }

    private static String one(Optional<Spread> figure, ToDoubleFunction<Spread> which, String unit) {
        return figure.map(known -> number(which.applyAsDouble(known)) + unit).orElse("-");
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.0f", value) : "-";
    }

    private static String joules(double joules) {
        return String.format(Locale.ROOT, joules < 10 ? "%.3f" : "%.1f", joules);
    }
}
