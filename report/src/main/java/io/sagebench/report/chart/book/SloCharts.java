package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which share of the requests met their service level.
final class SloCharts {
    static final Axis ATTAINMENT = Axis.percent("Requests within their service level (%)");
    static final double TARGET_PERCENT = 95;
    static final List<Mark> TARGET = List.of(new Mark("95 %", TARGET_PERCENT, false));
    private static final int MOST_GROUPS = 6;
    private static final String COUNTED = " Failed, refused and late requests are misses; the line is at 95 %.";

    private SloCharts() {}

    /// By policy.
    static Plot compliance(ResultsView view) {
        String stem = "slo_compliance";
        Shown shown = Shown.all(view);
        PolicyBars bars = PolicyBars.percent(shown);
        BarSeries series = bars.withInterval("attainment", "slo.compliance_rate", "slo_compliance_rate");
        if (!PolicyBars.any(series.values())) {
            return new NoChart(stem, "no policy has slo.compliance_rate");
        }
        String intervals = series.low().size() > 0 ? " Thin bars: 95 % confidence intervals." : "";
        return new Chart(stem, "Service level attainment by policy",
                "Share of all measured requests that completed within their deadlines." + COUNTED + intervals + shown.note(),
                List.of(bars.panel("", ATTAINMENT, series, TARGET)));
    }

    /// By priority.
    static Plot byPriority(ResultsView view) {
        return by(view, "slo_by_priority", "priority", "slo.by_priority", "");
    }

    /// By type of request.
    static Plot byType(ResultsView view) {
        return by(view, "slo_by_type", "type of request", "metrics_by_request_type", "slo_compliance_rate");
    }

    /// By model.
    static Plot byModel(ResultsView view) {
        return by(view, "slo_by_model", "model", "metrics_by_model", "slo_compliance_rate");
    }

    /// By tenant.
    static Plot byTenant(ResultsView view) {
        return by(view, "slo_by_tenant", "tenant", "metrics_by_tenant", "slo_compliance_rate");
    }

    private static Plot by(ResultsView view, String stem, String what, String path, String figure) {
        Shown shown = Shown.all(view);
        List<String> groups = groups(shown, path);
        if (groups.isEmpty()) {
            return new NoChart(stem, "no policy has " + path + ", or it is empty");
        }
        if (groups.size() == 1 && !stem.equals("slo_by_priority")) {
            return new NoChart(stem, "all requests were of one " + what + ", " + groups.getFirst() + ": slo_compliance shows them");
        }
        PolicyBars bars = PolicyBars.percent(shown);
        var series = new ArrayList<BarSeries>();
        for (String group : groups.subList(0, Math.min(groups.size(), MOST_GROUPS))) {
            series.add(bars.series(group, policy -> {
                Facts of = policy.metrics().at(path);
                return figure.isEmpty() ? of.named(group).number() : of.named(group).number(figure);
            }));
        }
        if (!PolicyBars.any(series)) {
            return new NoChart(stem, "no policy says in " + path + " how many requests met their service level");
        }
        String left = groups.size() > MOST_GROUPS ? " Of " + groups.size() + ", the " + MOST_GROUPS + " with the most requests." : "";
        return new Chart(stem, "Service level attainment by " + what,
                "Share of the measured requests of each " + what + " that completed within their deadlines." + COUNTED + left + shown.note(),
                List.of(bars.panel("", ATTAINMENT, series, TARGET)));
    }

    /// Those that occur in any policy, the largest first; equally large ones, and those without counts, in the order of the file.
    private static List<String> groups(Shown shown, String path) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (PolicyView policy : shown.policies()) {
            Facts of = policy.metrics().at(path);
            for (String name : of.names()) {
                sizes.merge(name, of.named(name).number("total_requests").orElse(0), Double::sum);
            }
        }
        return sizes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
