package io.sagebench.report.html;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.html.Page.Card;
import io.sagebench.report.html.Page.ChartFrame;
import io.sagebench.report.html.Page.Chip;
import io.sagebench.report.html.Page.Requested;
import io.sagebench.report.html.Page.Section;
import io.sagebench.report.html.Page.Standing;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Verdict;
import io.sagebench.report.view.Verdict.Caution;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts a page together: what all kinds of results have here, the rest by the kind's own class.
final class PageParts {
    private final ResultsView view;
    private final List<Plot> plots;
    private final Chips chips;

    PageParts(ResultsView view, List<Plot> plots) {
        this.view = view;
        this.plots = List.copyOf(plots);
        this.chips = chips(view);
    }

    /// What a kind of results has of its own.
    ///
    /// @param title    what was measured, in a few words
    /// @param measured what was asked for and of whom, in short
    record Own(String title, List<String> measured, List<Card> cards, List<Table> tables) {}

    Page page() {
        Verdict verdict = Kept.of(Verdict.of(view));
        Own own = switch (view.kind()) {
            case BENCHMARK -> new BenchmarkPage(view, chips).own();
            case SWEEP -> new SweepPage(view, chips).own();
            case EXPERIMENT -> new ExperimentPage(view, chips).own();
            case ENGINE -> new EnginePage(view).own();
            case ENGINE_COMPARISON -> new EngineComparisonPage(view).own();
        };
        var charts = new ArrayList<Chart>();
        var missing = new ArrayList<NoChart>();
        for (Plot plot : plots) {
            switch (plot) {
                case Chart chart -> charts.add(chart);
                case NoChart none -> missing.add(none);
            }
        }
        var facts = new FactLists(view.root());
        return new Page(
                own.title(),
                labels(),
                own.measured(),
                verdict,
                standing(verdict),
                own.cards().stream().map(Kept::of).toList(),
                chips.all().size() > 1 ? chips.all() : List.of(),
                own.tables().stream().filter(table -> !table.folded()).toList(),
                sections(charts),
                own.tables().stream().filter(Table::folded).toList(),
                missing,
                requested(),
                facts.all(),
                view.root().text("run.command"),
                facts.words(),
                PageAssets.with(data(charts)));
    }

    private static Chips chips(ResultsView view) {
        List<String> names = switch (view.kind()) {
            case BENCHMARK -> view.policies().stream().map(PolicyView::name).toList();
            case SWEEP -> List.copyOf(view.rates().keySet());
            case EXPERIMENT -> ExperimentPage.policies(view.root());
            case ENGINE, ENGINE_COMPARISON -> List.of();
        };
        return new Chips(names, view.policies().stream().filter(PolicyView::isCeiling).map(PolicyView::name).toList());
    }

    private List<String> labels() {
        var labels = new ArrayList<String>();
        if (view.simulated() || view.root().isTrue("run.simulated")) {
            labels.add("Simulated");
        }
        if (plots.stream().anyMatch(plot -> plot instanceof Chart chart && chart.synthetic() && ChartGroup.of(chart) == ChartGroup.DEVICES)
                || view.policies().stream().anyMatch(policy -> policy.facts().isTrue("gpu_metrics.synthetic"))) {
            labels.add("Synthetic GPU figures");
        }
        if (view.root().isTrue("run.interrupted")) {
            labels.add("Interrupted");
        }
        return labels;
    }

    private Standing standing(Verdict verdict) {
        long serious = verdict.cautions().stream().filter(Caution::serious).count();
        if (serious > 0) {
            return new Standing(false, serious == 1 ? "One thing speaks against relying on these figures" : serious + " things speak against relying on these figures");
        }
        if (!view.policies().isEmpty() && view.policies().stream().noneMatch(PolicyView::anyCompleted)) {
            return new Standing(false, "No request succeeded: there is nothing to compare");
        }
        boolean saysSo = !view.policies().isEmpty()
                && view.policies().stream().allMatch(policy -> policy.metrics().text("validity.verdict").orElse("").equals("valid"));
        return new Standing(true, saysSo ? "Valid: the load generator kept its schedule" : "Nothing in the results speaks against relying on these figures");
    }

    private static List<Section> sections(List<Chart> charts) {
        var sections = new ArrayList<Section>();
        for (ChartGroup group : ChartGroup.IN_ORDER) {
            var frames = new ArrayList<ChartFrame>();
            var here = charts.stream().filter(chart -> ChartGroup.of(chart) == group).toList();
            var narrow = here.stream().filter(chart -> chart.panels().size() == 1).toList();
            for (Chart chart : here) {
                boolean alone = narrow.size() % 2 == 1 && chart.stem().equals(narrow.getLast().stem()); // nothing stands beside it
                frames.add(new ChartFrame(charts.indexOf(chart), chart.stem(), chart.title(), chart.caption(), chart.panels().size() > 1 || alone, chart.synthetic()));
            }
            if (!frames.isEmpty()) {
                sections.add(new Section(group.id(), group.title(), group.lead(), frames));
            }
        }
        return sections;
    }

    private List<Requested> requested() {
        var requested = new ArrayList<Requested>();
        for (PolicyView policy : view.policies()) {
            int slowest = RequestsJson.first(policy.requests().slowest()).size();
            int failed = RequestsJson.first(policy.requests().failed()).size();
            if (slowest + failed > 0) {
                requested.add(new Requested(chips.of(policy.name()).orElseThrow(), requested.size(), slowest, failed, policy.requests().total()));
            }
        }
        return requested;
    }

    private ObjectNode data(List<Chart> charts) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode policies = data.putArray("policies");
        for (Chip chip : chips.all()) {
            policies.addObject().put("name", chip.name()).put("light", chip.light()).put("dark", chip.dark()).put("ceiling", chip.ceiling());
        }
        ArrayNode drawn = data.putArray("charts");
        charts.forEach(chart -> drawn.add(ChartJson.of(chart)));
        ArrayNode requests = data.putArray("requests");
        view.policies().stream()
                .filter(policy -> !policy.requests().slowest().isEmpty() || !policy.requests().failed().isEmpty())
                .forEach(policy -> requests.add(RequestsJson.of(policy)));
        return data;
    }

    /// What was asked for, in short, from the results' configuration.
    static List<String> measured(Facts root) {
        return new Measured(root).lines();
    }
}
