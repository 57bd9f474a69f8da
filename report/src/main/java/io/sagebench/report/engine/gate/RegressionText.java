package io.sagebench.report.engine.gate;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineField.Unit;
import io.sagebench.report.engine.gate.EngineChange.Verdict;
import io.sagebench.report.markdown.MarkdownTable;
import io.sagebench.report.terminal.Columns;
import io.sagebench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A comparison with a baseline for people: on a terminal, or as Markdown under a pull request.
///
/// @param regression what was found
/// @param strict     whether warnings fail the gate, too
public record RegressionText(EngineRegression regression, boolean strict) {
    private static final List<String> HEADER = List.of("Workload", "Figure", "Baseline", "Now", "Worse by", "95 % interval", "Verdict");

    /// For a terminal.
    ///
    /// @param width columns there are
    public List<String> lines(int width) {
        var lines = new ArrayList<String>();
        lines.add(headline());
        lines.addAll(new Columns(HEADER, regression.changes().stream().map(RegressionText::row).toList()).lines(width));
        lines.addAll(explanation());
        return lines;
    }

    /// For a pull request: the verdict, what deserves a look, and all else folded away.
    public String markdown() {
        var text = new StringBuilder("### Engine benchmark: " + headline() + "\n\n");
        var worthALook = regression.changes().stream().filter(change -> change.verdict() != Verdict.OK).toList();
        if (!worthALook.isEmpty()) {
            appendTable(text, worthALook);
        }
        text.append("<details><summary>All ").append(regression.changes().size()).append(" figures</summary>\n\n");
        appendTable(text, regression.changes());
        text.append("</details>\n\n");
        explanation().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /// The verdict in one line.
    public String headline() {
        long critical = count(Verdict.CRITICAL) + count(Verdict.LOST);
        long warnings = count(Verdict.WARNING);
        if (critical == 0 && warnings == 0) {
            return "no regression (" + regression.changes().size() + " figures, " + count(Verdict.IMPROVED) + " improved)";
        }
        String said = regression.failures(strict).isEmpty() ? "passed with warnings" : "FAILED";
        return said + " (" + critical + " critical, " + warnings + (warnings == 1 ? " warning" : " warnings") + ", "
                + regression.changes().size() + " figures)";
    }

    private long count(Verdict verdict) {
        return regression.changes().stream().filter(change -> change.verdict() == verdict).count();
    }

    private List<String> explanation() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "Worse by more than %s is a warning, by more than %s critical; of an error rate in percentage points, and the first failure is a warning.",
                percent(regression.rule().warnAt()),
                percent(regression.rule().criticalAt())));
        lines.add(regression.knowsNoise()
                ? "Only what is more than chance counts: Welch's test over the repeats, corrected for the number of figures (Holm), 95 %."
                : "With fewer than 3 repeats on both sides nothing tells a change from chance: measure both with --repeats 5.");
        return lines;
    }

    private static void appendTable(StringBuilder text, List<EngineChange> changes) {
        text.append(MarkdownTable.of(HEADER, changes.stream().map(RegressionText::row).toList())).append('\n');
    }

    private static List<String> row(EngineChange change) {
        return List.of(
                change.workload(),
                change.field().key(),
                value(change.field(), change.before()),
                value(change.field(), change.after()),
                change.worsening().isEmpty() ? "-" : signed(change.worsening().getAsDouble(), change.field()),
                change.interval().map(interval -> interval(interval, change.field())).orElse("-"),
                change.verdict().text());
    }

    private static String value(EngineField field, OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        return field.unit() == Unit.SHARE
                ? String.format(Locale.ROOT, "%.2f %%", value.getAsDouble() * 100)
                : String.format(Locale.ROOT, "%.2f %s", value.getAsDouble(), field.unit().text());
    }

    private static String signed(double worsening, EngineField field) {
        return String.format(Locale.ROOT, "%+.1f %s", worsening * 100, field.unit() == Unit.SHARE ? "pp" : "%");
    }

    private static String interval(Interval interval, EngineField field) {
        return String.format(
                Locale.ROOT, "%+.1f to %+.1f %s", interval.low() * 100, interval.high() * 100, field.unit() == Unit.SHARE ? "pp" : "%");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f", share * 100).replaceFirst("\\.?0+$", "") + " %";
    }
}
