package io.sagebench.report.html;

import io.sagebench.report.html.Metric.Unit;
import io.sagebench.report.html.Page.Card;
import io.sagebench.report.html.PageParts.Own;
import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// An experiment: what it found of each policy, and the figures at every level it tried. Every number that the results have of a policy is a column.
///
/// @param view  the results
/// @param chips their policies
record ExperimentPage(ResultsView view, Chips chips) {
    private static final String POLICIES = "policies";
    private static final String POLICY = "policy";

    /// The policies that an experiment measured.
    static List<String> policies(Facts root) {
        var names = new LinkedHashSet<String>(root.at("summary.policies").names());
        for (Facts level : root.at("results").each()) {
            names.addAll(level.at(POLICIES).names());
            level.text(POLICY).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    Own own() {
        Facts root = view.root();
        String type = root.text("experiment_type").or(() -> root.text("experiment_name")).orElse("unnamed");
        var tables = new ArrayList<Table>();
        summary(root.at("summary.policies"), tables);
        results(root.at("results").each(), tables);
        return new Own("Experiment: " + type.replace('_', ' '), PageParts.measured(root), List.<Card>of(), tables);
    }

    private void summary(Facts policies, List<Table> tables) {
        var rows = new LinkedHashMap<String, Map<String, JsonNode>>();
        policies.names().forEach(policy -> rows.put(policy, scalars(policies.named(policy).json(), 0)));
        table("summary", "What was found", "Of each policy over all levels.", List.of(), rows.entrySet().stream()
                .map(row -> new Line(row.getKey(), Map.of(), row.getValue())).toList(), tables);
    }

    private void results(List<Facts> levels, List<Table> tables) {
        var lines = new ArrayList<Line>();
        var level = new LinkedHashSet<String>();
        for (Facts one : levels) {
            Map<String, JsonNode> here = scalars(one.json(), 1);
            if (one.text(POLICY).isPresent()) {
                policy(one, one.text(POLICY).orElseThrow(), lines);
            } else {
                level.addAll(here.keySet());
                Facts policies = one.at(POLICIES);
                policies.names().forEach(policy -> lines.add(new Line(policy, here, scalars(policies.named(policy).json(), 0))));
            }
        }
        table("levels", "Every level", "What each policy made of every level that was tried.", List.copyOf(level), lines, tables);
    }

    /// One policy's results: each of its tries, where it has such, else its figures.
    private static void policy(Facts results, String policy, List<Line> lines) {
        List<Facts> tries = results.at("tries").each();
        if (tries.isEmpty()) {
            Map<String, JsonNode> figures = scalars(results.json(), 0);
            figures.remove(POLICY);
            lines.add(new Line(policy, Map.of(), figures));
        }
        tries.forEach(one -> lines.add(new Line(policy, Map.of(), scalars(one.json(), 0))));
    }

    /// A row before it is one.
    ///
    /// @param level   what it was measured at
    /// @param figures what came of it
    private record Line(String policy, Map<String, JsonNode> level, Map<String, JsonNode> figures) {}

    private void table(String id, String title, String caption, List<String> level, List<Line> lines, List<Table> tables) {
        var names = new LinkedHashSet<String>();
        lines.forEach(line -> names.addAll(line.figures().keySet()));
        if (names.isEmpty()) {
            return;
        }
        var columns = new ArrayList<Column>();
        columns.add(new Column("Policy", "how requests are ordered and placed"));
        level.forEach(name -> columns.add(new Column(Named.title(name), name)));
        names.forEach(name -> columns.add(new Column(Named.title(name), name)));
        var rows = new ArrayList<Row>();
        for (Line line : lines) {
            var cells = new ArrayList<Cell>();
            cells.add(Cell.text(line.policy()));
            level.forEach(name -> cells.add(cell(name, line.level().get(name))));
            names.forEach(name -> cells.add(cell(name, line.figures().get(name))));
            rows.add(new Row(chips.of(line.policy()), cells));
        }
        tables.add(new Table(id, title, caption, columns, rows));
    }

    private static Cell cell(String name, @org.jspecify.annotations.Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Cell.unknown();
        }
        if (!value.isNumber()) {
            return Cell.text(value.asString());
        }
        Unit unit = Named.unit(name);
        return Cell.number(value.doubleValue(), unit == Unit.NUMBER && value.isIntegralNumber() ? Say.number(value.doubleValue()) : unit.text(value.doubleValue()));
    }

    /// The numbers and texts of an object, and those of the objects in it down to a depth of one, unless they are figures by level.
    private static Map<String, JsonNode> scalars(JsonNode from, int depth) {
        var scalars = new LinkedHashMap<String, JsonNode>();
        from.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isValueNode()) {
                scalars.put(entry.getKey(), value);
            } else if (value.isObject() && depth == 0 && !entry.getKey().contains("_by_") && !entry.getKey().equals(POLICIES)) {
                scalars(value, 1).forEach((name, part) -> scalars.put(entry.getKey() + "." + name, part));
            }
        });
        return scalars;
    }
}
