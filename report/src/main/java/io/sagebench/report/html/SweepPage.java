package io.sagebench.report.html;

import io.sagebench.report.html.Metric.Unit;
import io.sagebench.report.html.Page.Card;
import io.sagebench.report.html.PageParts.Own;
import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.RatePoint;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Policies at several rates: up to which each serves, and what came of each rate.
///
/// @param view  the results
/// @param chips their policies
record SweepPage(ResultsView view, Chips chips) {
    private static final List<Column> COLUMNS = List.of(
            new Column("Policy", "how requests are ordered and placed"),
            new Column("Rate", "requests per second asked for"),
            new Column("Offered", "requests per second really sent"),
            new Column("Throughput", "completed requests per second"),
            new Column("Goodput", "requests per second that completed within their service level"),
            new Column("SLO met", "share of all requests that completed within their service level"),
            new Column("E2E mean", "mean end-to-end latency of completed requests"),
            new Column("E2E p99", "99th percentile of the same"),
            new Column("Output tokens", "output tokens per second"));

    Own own() {
        int count = view.rates().size();
        String title = "Throughput and latency by rate" + (count == 1 ? ": " + view.rates().keySet().iterator().next() : ", " + count + " policies");
        var measured = new ArrayList<String>();
        view.rates().values().stream().findFirst().ifPresent(points -> {
            if (!points.isEmpty()) {
                measured.add(points.size() + " rates from " + Say.number(points.getFirst().ratePerSecond()) + " to " + Say.number(points.getLast().ratePerSecond()) + "/s");
            }
        });
        measured.addAll(PageParts.measured(view.root()));
        return new Own(title, measured, knees(), List.of(table()));
    }

    private List<Card> knees() {
        Facts knees = view.root().at("knee");
        var cards = new ArrayList<Card>();
        for (String policy : knees.names()) {
            OptionalDouble rate = knees.named(policy).number("rate");
            cards.add(new Card(
                    "Serves up to",
                    rate.isPresent() ? Unit.REQUESTS_PER_SECOND.text(rate.getAsDouble()) : "none of the rates",
                    "",
                    chips.of(List.of(policy)),
                    knees.named(policy).isTrue("is_highest_rate") ? "the highest rate tried: its limit is beyond" : ""));
        }
        return cards;
    }

    private Table table() {
        var rows = new ArrayList<Row>();
        view.rates().forEach((policy, points) -> points.forEach(point -> rows.add(new Row(chips.of(policy), cells(policy, point)))));
        return new Table("rates", "Every policy at every rate", "A rate that was cut short has fewer requests than asked for.", COLUMNS, rows);
    }

    private static List<Cell> cells(String policy, RatePoint point) {
        return List.of(
                Cell.text(policy),
                Cell.number(point.ratePerSecond(), Unit.REQUESTS_PER_SECOND.text(point.ratePerSecond())).with(point.cutShort() ? "cut short" : ""),
                cell(point.offered(), Unit.REQUESTS_PER_SECOND),
                cell(point.throughput(), Unit.REQUESTS_PER_SECOND),
                cell(point.goodput(), Unit.REQUESTS_PER_SECOND),
                cell(point.attainment(), Unit.SHARE),
                cell(point.meanMillis(), Unit.MILLIS),
                cell(point.p99Millis(), Unit.MILLIS),
                cell(point.tokens(), Unit.TOKENS_PER_SECOND));
    }

    static Cell cell(OptionalDouble value, Unit unit) {
        return value.isPresent() ? Cell.number(value.getAsDouble(), unit.text(value.getAsDouble())) : Cell.unknown();
    }
}
