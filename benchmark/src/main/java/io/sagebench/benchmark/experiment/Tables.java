package io.sagebench.benchmark.experiment;

import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Tables that several experiments have.
final class Tables {
    private Tables() {}

    /// A row for each policy, a column for each level.
    static FigureTable byLevel(String title, List<PointResult> points, Unit unit, Function<PolicyReport, OptionalDouble> figure) {
        var header = new ArrayList<String>();
        header.add("Policy");
        points.forEach(point -> header.add(point.point().level()));
        var rows = new ArrayList<List<Figure>>();
        for (String policy : Ranking.policiesIn(points)) {
            var row = new ArrayList<Figure>();
            row.add(Figure.text(policy));
            points.forEach(point -> row.add(Figure.of(unit, point.of(policy).map(figure).orElse(OptionalDouble.empty()))));
            rows.add(row);
        }
        return new FigureTable(title, header, rows);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f req/s", perSecond);
    }

    static String share(double ratio) {
        return String.format(Locale.ROOT, "%.1f%%", ratio * 100);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}
