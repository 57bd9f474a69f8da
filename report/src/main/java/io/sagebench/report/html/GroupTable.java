package io.sagebench.report.html;

import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Mark;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Whose promises are kept: attainment by priority, kind of request, model and tenant. Where all requests are alike there is no such table.
///
/// @param view  the results
/// @param chips their policies
record GroupTable(ResultsView view, Chips chips) {
    private static final List<Group> GROUPS = List.of(
            new Group("Priority", "metrics_by_priority"),
            new Group("Kind", "metrics_by_request_type"),
            new Group("Model", "metrics_by_model"),
            new Group("Tenant", "metrics_by_tenant"));

    private record Group(String what, String path) {}

    private record Wanted(Group group, String value) {}

    Optional<Table> table() {
        var wanted = new ArrayList<Wanted>();
        for (Group group : GROUPS) {
            var values = new LinkedHashSet<String>();
            view.policies().forEach(policy -> values.addAll(policy.metrics().at(group.path()).names()));
            if (values.size() > 1) {
                values.forEach(value -> wanted.add(new Wanted(group, value)));
            }
        }
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        var columns = new ArrayList<Column>();
        columns.add(new Column("Policy", "how requests are ordered and placed"));
        wanted.forEach(one -> columns.add(new Column(one.group().what() + ": " + one.value(), "share of these requests that completed within their service level")));
        var rows = view.policies().stream().map(policy -> new Row(chips.of(policy.name()), cells(policy, wanted))).toList();
        return Optional.of(new Table("groups", "Whose promises are kept", "Share of the requests of each group that completed within their service level;"
                + " below it, the p99 of their end-to-end latency.", columns, rows));
    }

    private static List<Cell> cells(PolicyView policy, List<Wanted> wanted) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.text(policy.name()).with(policy.isCeiling() ? "ceiling" : ""));
        for (Wanted one : wanted) {
            Facts facts = policy.metrics().at(one.group().path()).named(one.value());
            OptionalDouble share = facts.number("slo_compliance_rate");
            OptionalDouble p99 = facts.number("p99_latency_ms");
            cells.add(share.isEmpty()
                    ? Cell.unknown()
                    : Cell.number(share.getAsDouble(), Say.percent(share)).with(p99.isPresent() ? "p99 " + Say.millis(p99) : "").marked(Mark.NONE, ""));
        }
        return cells;
    }
}
