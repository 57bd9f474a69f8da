package io.sagebench.report.html;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.html.Metric.Unit;
import io.sagebench.report.html.Page.Card;
import io.sagebench.report.html.PageParts.Own;
import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// One engine and its workloads.
///
/// @param view the results
record EnginePage(ResultsView view) {
    static final List<Shown> SHOWN = List.of(
            new Shown("Requests", "total_requests"),
            new Shown("Failed", "failed_requests"),
            new Shown("TTFT mean", "avg_ttft_ms"),
            new Shown("TTFT p95", "p95_ttft_ms"),
            new Shown("TBT mean", "avg_tbt_ms"),
            new Shown("TPOT mean", "avg_tpot_ms"),
            new Shown("E2E p50", "p50_e2e_ms"),
            new Shown("E2E p99", "p99_e2e_ms"),
            new Shown("Requests/s", "request_throughput_rps"),
            new Shown("Output tokens", "output_throughput_tps"),
            new Shown("Total tokens", "total_throughput_tps"),
            new Shown("Peak memory (MB)", "peak_mem_mb"));

    /// A field that most are after.
    record Shown(String title, String key) {}

    Own own() {
        EngineSummary summary = view.engine().orElse(null);
        if (summary == null) {
            return new Own("Engine benchmark", List.of(), List.of(), List.of());
        }
        var measured = new ArrayList<String>();
        summary.run().ifPresent(run -> {
            run.fact("backend").ifPresent(measured::add);
            run.fact("model").ifPresent(measured::add);
            run.fact("url").ifPresent(measured::add);
            run.fact("engine").ifPresent(measured::add);
            run.fact("started_at").ifPresent(measured::add);
        });
        return new Own("Engine benchmark", measured, cards(summary), List.of(workloads(summary), fields(summary)));
    }

    private static List<Card> cards(EngineSummary summary) {
        var cards = new ArrayList<Card>();
        cards.add(new Card("Requests completed", summary.successfulRequests() + " of " + summary.totalRequests(), "", List.of(), ""));
        best("Most output tokens a second", summary, "output_throughput_tps", true).ifPresent(cards::add);
        best("Shortest time to first token, mean", summary, "avg_ttft_ms", false).ifPresent(cards::add);
        best("Longest time to first token, mean", summary, "avg_ttft_ms", true).ifPresent(cards::add);
        return cards;
    }

    private static Optional<Card> best(String label, EngineSummary summary, String key, boolean highest) {
        EngineField field = EngineFields.named(key).orElseThrow();
        String name = "";
        double best = Double.NaN;
        for (var workload : summary.workloads().entrySet()) {
            OptionalDouble value = workload.getValue().value(key);
            if (value.isPresent() && workload.getValue().count("successful_requests") > 0
                    && (Double.isNaN(best) || (highest ? value.getAsDouble() > best : value.getAsDouble() < best))) {
                best = value.getAsDouble();
                name = workload.getKey();
            }
        }
        return Double.isNaN(best) ? Optional.empty() : Optional.of(new Card(label, text(field, best), "", List.of(), summary.workloads().size() > 1 ? "workload " + name : ""));
    }

    private static Table workloads(EngineSummary summary) {
        var columns = new ArrayList<Column>();
        columns.add(new Column("Workload", "what was asked"));
        var shown = SHOWN.stream().filter(one -> summary.workloads().values().stream().anyMatch(metrics -> metrics.value(one.key()).isPresent())).toList();
        shown.forEach(one -> columns.add(new Column(one.title(), EngineFields.named(one.key()).orElseThrow().meaning())));
        var rows = new ArrayList<Row>();
        summary.workloads().forEach((name, metrics) -> {
            var cells = new ArrayList<Cell>();
            cells.add(Cell.text(name));
            shown.forEach(one -> cells.add(cell(EngineFields.named(one.key()).orElseThrow(), metrics)));
            rows.add(new Row(Optional.empty(), cells));
        });
        return new Table("workloads", "Workloads", "The figures that most are after; all others are below. A dash is not known.", columns, rows);
    }

    private static Table fields(EngineSummary summary) {
        var columns = new ArrayList<Column>();
        columns.add(new Column("Field", "its name in files"));
        summary.workloads().keySet().forEach(name -> columns.add(new Column(name, "workload " + name)));
        columns.add(new Column("Meaning", "what it says"));
        var rows = new ArrayList<Row>();
        for (EngineField field : EngineFields.all()) {
            if (field.aliasOf().isEmpty()) {
                var cells = new ArrayList<Cell>();
                cells.add(Cell.text(field.key()));
                summary.workloads().values().forEach(metrics -> cells.add(exact(field, metrics)));
                cells.add(Cell.text(field.meaning()));
                rows.add(new Row(Optional.empty(), cells));
            }
        }
        return new Table("fields", "All figures", "By their names in the files of the engine benchmark.", columns, rows, true);
    }

    private static Cell cell(EngineField field, EngineMetrics metrics) {
        OptionalDouble value = metrics.value(field.key());
        return value.isEmpty() ? Cell.unknown() : Cell.number(value.getAsDouble(), text(field, value.getAsDouble()));
    }

    /// With decimals, for those who want to reckon with it.
    private static Cell exact(EngineField field, EngineMetrics metrics) {
        Cell rough = cell(field, metrics);
        return switch (field.unit()) {
            case MILLISECONDS, SECONDS, REQUESTS_PER_SECOND, TOKENS_PER_SECOND, MEGABYTES -> rough.isNumber()
                    ? Cell.number(rough.sortBy().getAsDouble(), String.format(Locale.ROOT, "%,.3f", rough.sortBy().getAsDouble()).replaceFirst("\\.?0+$", "") + " " + field.unit().text())
                    : rough;
            case SHARE, EPOCH_SECONDS, WHOLE_MEGABYTES, BYTES, TOKENS, COUNT -> rough;
        };
    }

    private static String text(EngineField field, double value) {
        return switch (field.unit()) {
            case MILLISECONDS -> Unit.MILLIS.text(value);
            case SECONDS -> Say.number(value) + " s";
            case SHARE -> Unit.SHARE.text(value);
            case REQUESTS_PER_SECOND -> Unit.REQUESTS_PER_SECOND.text(value);
            case TOKENS_PER_SECOND -> Unit.TOKENS_PER_SECOND.text(value);
            case EPOCH_SECONDS -> Instant.ofEpochMilli(Math.round(value * 1e3)).toString();
            case MEGABYTES, WHOLE_MEGABYTES, BYTES, TOKENS, COUNT -> Say.number(value);
        };
    }
}
