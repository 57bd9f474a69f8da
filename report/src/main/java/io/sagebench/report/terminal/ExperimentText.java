package io.sagebench.report.terminal;

import io.sagebench.report.NotRun;
import io.sagebench.report.TargetReport;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.FigureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The result of an experiment on a terminal.
public final class ExperimentText {
    private final ExperimentResult result;
    private final String config;
    private final TerminalStyle style;

    /// @param result what to print
    /// @param config what was asked for, in a line
    /// @param style  what the terminal can show
    public ExperimentText(ExperimentResult result, String config, TerminalStyle style) {
        this.result = result;
        this.config = config;
        this.style = style;
    }

    /// The whole text, each line ended.
    public String text() {
        var lines = new ArrayList<String>();
        String target = result.target().line();
        lines.add(result.target().kind() == TargetReport.Kind.SIMULATED ? style.bold(target) : target);
        lines.add("Experiment: " + result.name());
        lines.add("Config: " + config);
        for (FigureTable table : result.shown().tables()) {
            lines.add("");
            if (!table.title().isEmpty()) {
                lines.add(table.title());
            }
            lines.addAll(columns(table).lines(style.width()));
        }
        lines.add("");
        for (NotRun policy : result.notRun()) {
            lines.addAll(Wrapped.lines("Not run: ", List.of((policy.policy() + " " + policy.reason()).split(" ", -1)), " ", style.width()));
        }
        for (String finding : result.shown().findings()) {
            lines.addAll(Wrapped.lines("", List.of(finding.split(" ", -1)), " ", style.width()));
        }
        result.error().ifPresent(error -> lines.add(style.bold("Incomplete: " + error)));
        lines.add(String.format(Locale.ROOT, "Took: %.1f s", result.duration().toMillis() / 1e3));
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static Columns columns(FigureTable table) {
        return new Columns(
                table.header(),
                table.rows().stream().map(row -> row.stream().map(ExperimentText::cell).toList()).toList());
    }

    private static String cell(Figure figure) {
        OptionalDouble value = figure.value();
        if (figure.unit() == Figure.Unit.TEXT) {
            return figure.text();
        }
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        return switch (figure.unit()) {
            case TEXT -> figure.text();
            case RATE -> Cells.rate(number);
            case NANOS -> Cells.millis(number);
            case SHARE -> Cells.share(number);
            case USD -> String.format(Locale.ROOT, "$%.4f", number);
            case NUMBER -> String.format(Locale.ROOT, "%.3f", number);
            case COUNT -> String.format(Locale.ROOT, "%.0f", number);
        };
    }
}
