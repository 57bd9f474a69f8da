package io.sagebench.report.engine;

import io.sagebench.report.terminal.Columns;
import io.sagebench.report.terminal.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A summary for a terminal.
public final class EngineTable {
    private final EngineSummary summary;
    private final TerminalStyle style;

    /// @param style what the place that is printed to can show
    public EngineTable(EngineSummary summary, TerminalStyle style) {
        this.summary = summary;
        this.style = style;
    }

    /// The text, which ends with a line end.
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("Benchmark Summary");
        summary.run().flatMap(EngineTable::target).ifPresent(lines::add);
        lines.add("Total workloads: " + summary.workloads().size());
        lines.add("Total requests:  " + summary.totalRequests());
        lines.add("Successful:      " + summary.successfulRequests());
        lines.add("Failed:          " + summary.failedRequests());
        lines.add("");
        lines.addAll(new Columns(HEADER, rows()).lines(style.width()));
        lines.add("");
        lines.add("Throughput Metrics (vLLM/SGLang Compatible)");
        lines.addAll(new Columns(THROUGHPUT, throughput()).lines(style.width()));
        notes(lines);
        return String.join("\n", lines) + "\n";
    }

    static final List<String> HEADER =
            List.of("Workload", "Requests", "Errors", "Avg TTFT (ms)", "Avg TBT (ms)", "Output TPS", "Peak Mem (MB)");
    private static final List<String> THROUGHPUT = List.of(
            "Workload", "Requests/s", "Input tok/s", "Output tok/s", "Total tok/s", "One request tok/s", "Input tokens", "Output tokens");

    private List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        summary.workloads().forEach((name, metrics) -> rows.add(row(name, metrics)));
        return rows;
    }

    static List<String> row(String name, EngineMetrics metrics) {
        return List.of(
                name,
                EngineFigure.of(metrics, "total_requests", 0),
                EngineFigure.of(metrics, "failed_requests", 0),
                EngineFigure.of(metrics, "avg_ttft_ms", 2),
                EngineFigure.of(metrics, "avg_tbt_ms", 2),
                EngineFigure.of(metrics, "output_throughput_tps", 2),
                EngineFigure.of(metrics, "peak_mem_mb", 0));
    }

    private List<List<String>> throughput() {
        var rows = new ArrayList<List<String>>();
        summary.workloads()
                .forEach((name, metrics) -> rows.add(List.of(
                        name,
                        EngineFigure.of(metrics, "request_throughput_rps", 2),
                        EngineFigure.of(metrics, "input_throughput_tps", 2),
                        EngineFigure.of(metrics, "output_throughput_tps", 2),
                        EngineFigure.of(metrics, "total_throughput_tps", 2),
                        EngineFigure.of(metrics, "avg_throughput_tps", 2),
                        EngineFigure.of(metrics, "total_input_tokens", 0),
                        EngineFigure.of(metrics, "total_output_tokens", 0))));
        return rows;
    }

    private void notes(List<String> lines) {
        summary.run().ifPresent(run -> run.notes().forEach(note -> lines.add("Note: " + note)));
        for (Map.Entry<String, EngineMetrics> workload : summary.workloads().entrySet()) {
            workload.getValue().notes().forEach(note -> lines.add("Note on " + workload.getKey() + ": " + note));
        }
    }

    private static Optional<String> target(EngineRunInfo run) {
        return run.fact("backend")
                .map(backend -> "Backend: " + backend + run.fact("model").map(model -> ", model " + model).orElse("")
                        + run.fact("url").map(url -> ", " + url).orElse("")
                        + run.fact("mode").map(mode -> ", mode " + mode).orElse(""));
    }
}
