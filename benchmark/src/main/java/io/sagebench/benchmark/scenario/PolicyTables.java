package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.scenario.ScenarioResult.Row;
import io.sagebench.report.NotRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Results as Markdown: for each scenario a table with a row for each policy, the best figure of the candidates in bold, ceilings in italics
/// below, and the policies that were not run with what they need.
public final class PolicyTables {
    private static final List<Column> COLUMNS = List.of(
            new Column("SLO attainment", Row::attainment, 100, " %", 1, true),
            new Column("goodput /s", Row::goodputPerSecond, 1, "", 1, true),
            new Column("p99 TTFT, s", Row::p99TtftSeconds, 1, "", 2, false),
            new Column("fairness", Row::jain, 1, "", 3, true),
            new Column("worst served", Row::worstSatisfaction, 100, " %", 0, true),
            new Column("busy USD per 1M tokens", Row::busyUsdPerMillionTokens, 1, "", 3, false));

    private PolicyTables() {}

    /// One figure of a policy.
    ///
    /// @param digits       after the point
    /// @param moreIsBetter whether the largest is the best
    private record Column(
            String title, Function<Row, Optional<Spread>> figure, double factor, String unit, int digits, boolean moreIsBetter) {
        String mean(Spread spread) {
            return fixed(spread.mean());
        }

        String cell(Spread spread) {
            return mean(spread) + unit + " ± " + fixed(spread.sigma());
        }

        private String fixed(double value) {
            return String.format(Locale.ROOT, "%." + digits + "f", value * factor);
        }
    }

    /// One scenario's section.
    public static String section(ScenarioResult result) {
        var lines = new ArrayList<String>();
        Scenario scenario = result.scenario();
        lines.add("### " + scenario.title());
        lines.add("");
        lines.add(scenario.about());
        lines.add("");
        lines.add("Engines: " + scenario.fleet().describe() + ". Fairness among "
                + scenario.sharedBy().name().toLowerCase(Locale.ROOT) + ".");
        lines.add("");
        lines.add("| Policy | " + String.join(" | ", COLUMNS.stream().map(Column::title).toList()) + " |");
        lines.add("|---" + "|---".repeat(COLUMNS.size()) + "|");
        var candidates = result.rows().stream()
                .filter(row -> !row.isCeiling())
                .sorted(Comparator.comparingDouble((Row row) -> -row.attainment().map(Spread::mean).orElse(0.0)))
                .toList();
        candidates.forEach(row -> lines.add(line("`" + row.policy() + "`", row, candidates)));
        result.rows().stream()
                .filter(Row::isCeiling)
                .forEach(row -> lines.add(line("*ceiling:* `" + row.policy() + "`", row, List.of())));
        var notes = new ArrayList<String>();
        result.rows().forEach(row -> row.degraded().ifPresent(how -> notes.add("- `" + row.policy() + "` degraded: " + how)));
        for (NotRun policy : result.notRun()) {
            notes.add("- `" + policy.policy() + "` not run: " + policy.reason());
        }
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        lines.add("");
        return String.join("\n", lines);
    }

    private static String line(String name, Row row, List<Row> candidates) {
        var cells = new ArrayList<String>();
        for (Column column : COLUMNS) {
            Optional<Spread> own = column.figure().apply(row);
            if (own.isEmpty()) {
                cells.add("—");
            } else {
                String cell = column.cell(own.get());
                cells.add(isBest(column, own.get(), candidates) ? "**" + cell + "**" : cell);
            }
        }
        return "| " + name + " | " + String.join(" | ", cells) + " |";
    }

    /// Whether no candidate shows a better mean: what rounding hides is no reason to prefer one.
    private static boolean isBest(Column column, Spread own, List<Row> candidates) {
        var best = candidates.stream()
                .flatMap(row -> column.figure().apply(row).stream())
                .map(Spread::mean)
                .reduce((one, other) -> column.moreIsBetter() ? Math.max(one, other) : Math.min(one, other));
        return best.isPresent() && column.mean(own).equals(column.mean(new Spread(best.get(), 0)));
    }
}
