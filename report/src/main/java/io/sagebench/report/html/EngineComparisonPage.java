package io.sagebench.report.html;

import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.html.PageParts.Own;
import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Mark;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Several engines side by side: the figures of each, and what can be told apart.
///
/// @param view the results
record EngineComparisonPage(ResultsView view) {
    Own own() {
        List<Facts> targets = view.root().at("targets").each();
        var measured = new ArrayList<String>();
        view.root().text("model").ifPresent(measured::add);
        view.root().number("rounds").ifPresent(rounds -> measured.add(Say.number(rounds) + (rounds == 1 ? " round" : " rounds")));
        view.root().text("baseline").ifPresent(label -> measured.add("compared with " + label));
        var tables = new ArrayList<Table>();
        tables.add(figures(targets));
        differences(targets).ifPresent(tables::add);
        return new Own(targets.size() + " engines side by side", measured, List.of(), tables);
    }

    private static Table figures(List<Facts> targets) {
        var names = new ArrayList<>(EnginePage.SHOWN);
        names.removeIf(shown -> targets.stream().noneMatch(target -> target.at("rows").each().stream().anyMatch(row -> known(row, shown.key()).isPresent())));
        var columns = new ArrayList<Column>();
        columns.add(new Column("Engine", "which of them"));
        columns.add(new Column("Scenario", "what was asked"));
        names.forEach(shown -> columns.add(new Column(shown.title(), EngineFields.named(shown.key()).orElseThrow().meaning())));
        var rows = new ArrayList<Row>();
        for (Facts target : targets) {
            for (Facts row : target.at("rows").each()) {
                var cells = new ArrayList<Cell>();
                cells.add(Cell.text(label(target)).with(target.text("failure").map(why -> "failed: " + why).orElse("")));
                cells.add(Cell.text(row.text("scenario").orElse("–")));
                names.forEach(shown -> cells.add(SweepPage.cell(known(row, shown.key()), Named.unit(shown.key()))));
                rows.add(new Row(Optional.empty(), cells));
            }
        }
        return new Table("engines", "Every engine at every scenario", "A dash is not known, or the engine could not be measured.", columns, rows);
    }

    private static Optional<Table> differences(List<Facts> targets) {
        var columns = List.of(
                new Column("Engine", "which of them"),
                new Column("Scenario", "what was asked"),
                new Column("Figure", "which differs"),
                new Column("Baseline", "of the engine it is compared with"),
                new Column("Here", "of this engine"),
                new Column("Worse by", "share of the baseline; negative is better"),
                new Column("Verdict", "whether that is more than chance explains"));
        var rows = new ArrayList<Row>();
        for (Facts target : targets) {
            for (Facts difference : target.at("differences").each()) {
                String figure = difference.text("figure").orElse("");
                String verdict = difference.text("verdict").orElse("unknown").replace('_', ' ');
                rows.add(new Row(Optional.empty(), List.of(
                        Cell.text(label(target)),
                        Cell.text(difference.text("scenario").orElse("–")),
                        Cell.text(figure),
                        SweepPage.cell(difference.number("baseline"), Named.unit(figure)),
                        SweepPage.cell(difference.number("value"), Named.unit(figure)),
                        SweepPage.cell(difference.number("worsening"), Metric.Unit.SHARE).with(interval(difference)),
                        Cell.text(verdict).marked(verdict.equals("worse") ? Mark.WORST : verdict.equals("better") ? Mark.BEST : Mark.NONE, "at 95 % confidence"))));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Table("differences", "What differs", "Small figures are 95 % confidence intervals.", columns, rows));
    }

    /// A figure that was measured: files write 0 for one that was not.
    private static OptionalDouble known(Facts row, String key) {
        return row.texts("unavailable").contains(key) ? OptionalDouble.empty() : row.number(key);
    }

    private static String interval(Facts difference) {
        var low = difference.number("low");
        var high = difference.number("high");
        return low.isEmpty() || high.isEmpty() ? "" : Say.percent(low.getAsDouble()) + " – " + Say.percent(high.getAsDouble());
    }

    private static String label(Facts target) {
        return target.text("label").or(() -> target.text("url")).orElse("unnamed");
    }
}
