package io.sagebench.report.html;

import io.sagebench.report.html.Marks.Marked;
import io.sagebench.report.html.Metric.Unit;
import io.sagebench.report.html.Page.Card;
import io.sagebench.report.html.PageParts.Own;
import io.sagebench.report.html.Table.Cell;
import io.sagebench.report.html.Table.Column;
import io.sagebench.report.html.Table.Mark;
import io.sagebench.report.html.Table.Row;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Policies under one load: with one, its key figures; with several, who is best at what, and a table to compare them.
///
/// @param view  the results
/// @param chips their policies
record BenchmarkPage(ResultsView view, Chips chips) {
    private static final Metric ATTAINMENT = new Metric(
            "SLO met", "share of all measured requests that completed within their service level", "slo.compliance_rate", "slo_compliance_rate", "attainment", Unit.SHARE, true);
    private static final Metric GOODPUT = new Metric(
            "Goodput", "requests per second that completed within their service level", "throughput.goodput_rps", "goodput_rps", "", Unit.REQUESTS_PER_SECOND, true);
    private static final Metric THROUGHPUT = new Metric(
            "Throughput", "completed requests per second", "throughput.requests_per_second", "requests_per_second", "throughput", Unit.REQUESTS_PER_SECOND, true);
    private static final Metric E2E_P50 = new Metric(
            "E2E p50", "median end-to-end latency of completed requests, from when they should have left", "e2e_latency_ms.p50", "e2e_latency_ms.p50", "", Unit.MILLIS, false);
    private static final Metric E2E_P99 = new Metric(
            "E2E p99", "99th percentile of the same", "e2e_latency_ms.p99", "e2e_latency_ms.p99", "p99_e2e", Unit.MILLIS, false);
    private static final Metric TTFT_P50 = new Metric(
            "TTFT p50", "median time to first token of completed streamed requests", "ttft_ms.p50", "ttft_ms.p50", "", Unit.MILLIS, false);
    private static final Metric TTFT_P99 = new Metric(
            "TTFT p99", "99th percentile of the same", "ttft_ms.p99", "ttft_ms.p99", "", Unit.MILLIS, false);
    private static final Metric TPOT_P99 = Metric.of(
            "TPOT p99", "99th percentile of the time per output token after the first", "tpot_ms.p99", Unit.MILLIS, false);
    private static final Metric QUEUE = Metric.of(
            "Queue mean", "mean wait in the control plane before an engine takes the request", "queue_ms.avg", Unit.MILLIS, false);
    private static final Metric TOKENS = new Metric(
            "Output tokens", "output tokens of completed requests per second", "throughput.tokens_per_second", "tokens_per_second", "", Unit.TOKENS_PER_SECOND, true);
    private static final Metric NOT_COMPLETED = Metric.of(
            "Not completed", "share of requests that failed, were refused or timed out", "not_completed", Unit.SHARE, false);
    private static final Metric LLM_SLO = Metric.of("Prompts: SLO met", "the same of prompts alone", "llm.slo_compliance_rate", Unit.SHARE, true);
    private static final Metric LLM_P99 = Metric.of("Prompts: p99", "99th percentile of their end-to-end latency", "llm.e2e_latency_ms.p99", Unit.MILLIS, false);
    private static final Metric TEXTS_SLO = Metric.of("Embeddings: SLO met", "the same of texts to embed alone", "embedding.slo_compliance_rate", Unit.SHARE, true);
    private static final Metric TEXTS_P99 = Metric.of("Embeddings: p99", "99th percentile of their end-to-end latency", "embedding.e2e_latency_ms.p99", Unit.MILLIS, false);
    private static final Metric COST = Metric.of("Cost/1k tokens", "US dollars for a thousand tokens, by the price of the engines", "cost.usd_per_1k_tokens", Unit.USD, false);

    private static final List<Metric> COMPARED = List.of(
            ATTAINMENT, GOODPUT, THROUGHPUT, E2E_P50, E2E_P99, TTFT_P50, TTFT_P99, TPOT_P99, QUEUE, TOKENS, LLM_SLO, LLM_P99, TEXTS_SLO, TEXTS_P99, COST, NOT_COMPLETED);
    private static final List<Metric> OF_ONE = List.of(ATTAINMENT, GOODPUT, E2E_P50, E2E_P99, TTFT_P50, TTFT_P99, TPOT_P99, TOKENS);

    Own own() {
        boolean several = view.policies().size() > 1;
        String title = several ? view.candidates().size() + " policies under one load" : view.policies().stream().findFirst().map(policy -> "Policy " + policy.name()).orElse("No policy");
        var tables = new ArrayList<Table>();
        if (several) {
            tables.add(comparison());
        }
        new GroupTable(view, chips).table().ifPresent(tables::add);
        return new Own(title, PageParts.measured(view.root()), several ? winners() : figures(), tables);
    }

    private Facts significance() {
        return view.root().at("summary.significance");
    }

    private List<Card> winners() {
        var cards = new ArrayList<Card>();
        winner("Most requests in time", ATTAINMENT).ifPresent(cards::add);
        winner("Highest throughput", THROUGHPUT).ifPresent(cards::add);
        winner("Lowest p99 latency", E2E_P99).ifPresent(cards::add);
        winner("Fastest first token, p99", TTFT_P99).ifPresent(cards::add);
        return cards;
    }

    /// Who is best by a figure, and how sure that is.
    private Optional<Card> winner(String label, Metric metric) {
        var known = view.candidates().stream().filter(policy -> policy.anyCompleted() && metric.of(policy.metrics()).isPresent()).toList();
        if (known.size() < 2) {
            return Optional.empty();
        }
        double best = known.stream().mapToDouble(policy -> metric.of(policy.metrics()).orElseThrow())
                .reduce((one, other) -> metric.higher() ? Math.max(one, other) : Math.min(one, other)).orElseThrow();
        String shown = metric.unit().text(best);
        var leaders = known.stream().filter(policy -> metric.text(policy.metrics()).equals(shown)).toList();
        PolicyView first = leaders.getFirst();
        if (leaders.size() > 1) {
            String note = leaders.size() == known.size() ? "the same with every policy" : leaders.size() + " policies share it";
            return Optional.of(new Card(label, shown, "", chips.of(leaders.stream().map(PolicyView::name).toList()), note));
        }
        Marked marked = Marks.of(metric, view.candidates(), significance()).of(first.name());
        String note = marked.mark() == Mark.BEST ? "better than all others, by more than chance" : marked.why().replace("the best figure, but ", "").replace("the best figure; ", "");
        String partly = metric.unit() == Unit.MILLIS && first.metrics().number("request_counts.completed").orElse(0) < 0.9 * first.metrics().number("request_counts.total").orElse(0)
                ? "; of the " + NOT_COMPLETED.unit().text(1 - NOT_COMPLETED.of(first.metrics()).orElse(0)) + " that completed"
                : "";
        return Optional.of(new Card(label, shown, metric.interval(first.metrics()), chips.of(List.of(first.name())), note + partly));
    }

    private List<Card> figures() {
        return view.policies().stream().findFirst().map(policy -> {
            var cards = new ArrayList<Card>();
            for (Metric metric : OF_ONE) {
                OptionalDouble value = metric.of(policy.metrics());
                if (value.isPresent()) {
                    String why = metric.whyNoInterval(policy.metrics());
                    cards.add(new Card(metric.title(), metric.text(policy.metrics()), metric.interval(policy.metrics()), List.of(), why.isEmpty() ? "" : "no interval: " + why));
                }
            }
            NOT_COMPLETED.of(policy.metrics()).ifPresent(share -> {
                if (share > 0) {
                    cards.add(new Card("Not completed", Unit.SHARE.text(share), "", List.of(), ""));
                }
            });
            return List.copyOf(cards);
        }).orElse(List.of());
    }

    private Table comparison() {
        var metrics = COMPARED.stream().filter(metric -> view.policies().stream().anyMatch(policy -> metric.of(policy.metrics()).isPresent())).toList();
        var columns = new ArrayList<Column>();
        columns.add(new Column("Policy", "how requests are ordered and placed"));
        metrics.forEach(metric -> columns.add(new Column(metric.title(), metric.hint())));
        var marks = metrics.stream().map(metric -> Marks.of(metric, view.candidates(), significance())).toList();
        var ordered = new ArrayList<>(view.candidates());
        view.policies().stream().filter(PolicyView::isCeiling).forEach(ordered::add);
        var rows = new ArrayList<Row>();
        for (PolicyView policy : ordered) {
            var cells = new ArrayList<Cell>();
            cells.add(Cell.text(policy.name()).with(policy.isCeiling() ? "ceiling" : ""));
            for (int i = 0; i < metrics.size(); i++) {
                cells.add(cell(metrics.get(i), policy.metrics(), policy.isCeiling() ? new Marked(Mark.NONE, "") : marks.get(i).of(policy.name())));
            }
            rows.add(new Row(chips.of(policy.name()), cells));
        }
        boolean repeats = view.policies().stream().anyMatch(policy -> !policy.repeats().isEmpty());
        return new Table("comparison", "All policies", "Small figures are 95 % confidence intervals. Best and worst are marked; where the results have a test,"
                + " a solid mark is better than all others by more than chance explains, and tied cannot be told apart from the best."
                + (view.candidates().size() < view.policies().size() ? " Ceilings are told how long each answer will be, and stand out of competition." : "")
                + (repeats ? " Figures are of all repeats together." : ""), columns, rows);
    }

    private static Cell cell(Metric metric, Facts metrics, Marked marked) {
        OptionalDouble value = metric.of(metrics);
        return value.isEmpty()
                ? Cell.unknown()
                : Cell.number(value.getAsDouble(), metric.text(metrics)).with(metric.interval(metrics)).marked(marked.mark(), marked.why());
    }
}
