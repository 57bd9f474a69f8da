package io.sagebench.report.engine.compare;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineField.Unit;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.compare.EngineDifference.Verdict;
import io.sagebench.report.markdown.MarkdownTable;
import io.sagebench.report.terminal.Columns;
import io.sagebench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// A comparison of engines for people: on a terminal, or as Markdown.
///
/// @param comparison what was found
public record ComparisonText(EngineComparison comparison) {
    private static final List<String> SHOWN =
            List.of("avg_ttft_ms", "p95_ttft_ms", "avg_tbt_ms", "avg_e2el_ms", "output_throughput_tps", "request_throughput_rps");
    private static final List<String> FIGURES_HEADER = List.of(
            "Workload", "Engine", "Done", "TTFT (ms)", "p95 TTFT (ms)", "TBT (ms)", "E2E (ms)", "Output (tok/s)", "Requests/s");
    private static final List<String> DIFFERENCES_HEADER =
            List.of("Workload", "Engine", "Figure", "Worse by", "95 % interval", "p", "Verdict");

    /// For a terminal.
    ///
    /// @param width columns there are
    public List<String> lines(int width) {
        var lines = new ArrayList<String>();
        lines.addAll(new Columns(FIGURES_HEADER, figureRows()).lines(width));
        List<List<String>> differences = differenceRows();
        if (!differences.isEmpty()) {
            lines.add("");
            lines.add("Against " + comparison.baseline().label() + ":");
            lines.addAll(new Columns(DIFFERENCES_HEADER, differences).lines(width));
            lines.add(explanation());
        }
        lines.add("");
        lines.addAll(verdicts());
        comparison.notes().forEach(note -> lines.add("Note: " + note + "."));
        return lines;
    }

    /// For a file or a pull request.
    public String markdown() {
        var text = new StringBuilder("# Comparison of engines\n\n");
        verdicts().forEach(line -> text.append("- ").append(MarkdownTable.escaped(line)).append('\n'));
        text.append('\n').append(MarkdownTable.of(FIGURES_HEADER, figureRows()));
        List<List<String>> differences = differenceRows();
        if (!differences.isEmpty()) {
            text.append("\n## Against ").append(MarkdownTable.escaped(comparison.baseline().label())).append("\n\n");
            text.append(MarkdownTable.of(DIFFERENCES_HEADER, differences)).append('\n').append(explanation()).append('\n');
        }
        if (!comparison.notes().isEmpty()) {
            text.append("\n## Notes\n\n");
            comparison.notes().forEach(note -> text.append("- ").append(MarkdownTable.escaped(note)).append('\n'));
        }
        return text.toString();
    }

    /// One line for each engine: that it failed, or how it stands to the baseline.
    private List<String> verdicts() {
        var lines = new ArrayList<String>();
        Map<String, List<EngineDifference>> differences = comparison.differences();
        for (TargetResult target : comparison.targets()) {
            if (!target.isUsable()) {
                lines.add(target.label() + ": FAILED, " + target.failure().orElseThrow());
            } else if (target.label().equals(comparison.baseline().label())) {
                lines.add(target.label() + ": baseline");
            } else if (differences.containsKey(target.label())) {
                lines.add(target.label() + ": " + standing(differences.get(target.label())));
            } else {
                lines.add(target.label() + ": measured; there is no baseline, since " + comparison.baseline().label() + " failed");
            }
        }
        return lines;
    }

    private static String standing(List<EngineDifference> found) {
        long better = found.stream().filter(each -> each.verdict() == Verdict.BETTER).count();
        long worse = found.stream().filter(each -> each.verdict() == Verdict.WORSE).count();
        boolean tested = found.stream().anyMatch(each -> each.verdict() != Verdict.NOT_TESTED);
        if (!tested) {
            return "measured; not tested against the baseline";
        }
        return better == 0 && worse == 0
                ? "no difference from the baseline that is more than chance"
                : "better than the baseline in " + better + " of " + found.size() + " figures, worse in " + worse;
    }

    private String explanation() {
        return "Worse by: against the baseline, a doubled latency and a halved throughput both being +100 %. p: chance of such a difference between"
                + " equals, over " + comparison.rounds() + " paired rounds, corrected for the number of figures (Holm).";
    }

    private List<List<String>> figureRows() {
        var rows = new ArrayList<List<String>>();
        for (String workload : workloads()) {
            for (TargetResult target : comparison.targets()) {
                EngineMetrics metrics = target.summary().workloads().get(workload);
                var row = new ArrayList<String>();
                row.add(workload);
                row.add(target.label());
                if (metrics == null) {
                    row.add("-");
                    SHOWN.forEach(_ -> row.add("-"));
                } else {
                    row.add(metrics.count("successful_requests") + "/" + metrics.count("total_requests"));
                    SHOWN.forEach(key -> row.add(value(EngineFields.named(key).orElseThrow(), metrics)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /// Of all engines: one that broke off has fewer.
    private List<String> workloads() {
        return comparison.targets().stream()
                .flatMap(target -> target.summary().workloads().keySet().stream())
                .distinct()
                .toList();
    }

    /// Nothing for an engine without a single success, whose zeros are no latencies.
    private static String value(EngineField field, EngineMetrics metrics) {
        OptionalDouble value = metrics.count("successful_requests") == 0 ? OptionalDouble.empty() : metrics.value(field.key());
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    }

    private List<List<String>> differenceRows() {
        var rows = new ArrayList<List<String>>();
        comparison.differences().forEach((label, found) -> found.forEach(each -> rows.add(List.of(
                each.workload(),
                label,
                each.field().key(),
                each.worsening().isEmpty() ? "-" : String.format(Locale.ROOT, "%+.1f %s", each.worsening().getAsDouble() * 100, unit(each)),
                each.interval().map(interval -> interval(interval, each)).orElse("-"),
                each.pValue().isEmpty() ? "-" : p(each.pValue().getAsDouble()),
                each.verdict().text()))));
        return rows;
    }

    private static String interval(Interval interval, EngineDifference of) {
        return String.format(Locale.ROOT, "%+.1f to %+.1f %s", interval.low() * 100, interval.high() * 100, unit(of));
    }

    private static String unit(EngineDifference difference) {
        return difference.field().unit() == Unit.SHARE ? "pp" : "%";
    }

    private static String p(double pValue) {
        return pValue < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", pValue);
    }
}
