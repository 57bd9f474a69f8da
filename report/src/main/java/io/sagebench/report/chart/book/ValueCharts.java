package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What it cost, and who got what.
final class ValueCharts {
    static final String PRICE = "USD per million output tokens";
    static final double THOUSAND = 1e3; // files say the price of a thousand
    private static final double PERCENT = 100;

    private ValueCharts() {}

    /// Price of the tokens against the share of requests within their service level.
    static Plot cost(ResultsView view) {
        String stem = "cost_attainment";
        Shown shown = Shown.all(view, policy -> price(policy).isPresent() && attainment(policy).isPresent());
        if (shown.isEmpty()) {
            return new NoChart(stem, "no policy has cost.usd_per_1k_tokens: give the engines a price in the cluster file or the engine profile");
        }
        var series = new ArrayList<PointSeries>();
        for (PolicyView policy : shown.policies()) {
            series.add(new PointSeries(policy.name(), Values.of(THOUSAND * price(policy).orElseThrow()), Values.of(PERCENT * attainment(policy).orElseThrow()),
                    List.of(policy.name())));
        }
        return new Chart(stem, "Cost against service level attainment",
                "What a million output tokens cost with every engine paid for the whole window; further up and further left is better." + shown.note(),
                List.of(new Scatter("", Axis.fromZero(PRICE), SloCharts.ATTAINMENT, series, Optional.empty())));
    }

    private static OptionalDouble price(PolicyView policy) {
        return policy.metrics().number("cost.usd_per_1k_tokens");
    }

    private static OptionalDouble attainment(PolicyView policy) {
        return policy.metrics().number("slo.compliance_rate");
    }

    /// How evenly tenants and priorities were served.
    static Plot fairness(ResultsView view) {
        String stem = "fairness";
        Shown shown = Shown.all(view);
        PolicyBars bars = PolicyBars.of(shown);
        var series = new ArrayList<BarSeries>();
        series.add(bars.series("between tenants", "fairness.jain_by_tenant"));
        series.add(bars.series("between priorities", "fairness.jain_by_priority"));
        series.removeIf(one -> !PolicyBars.any(one.values()));
        if (series.isEmpty()) {
            return new NoChart(stem, "no policy has fairness.jain_by_tenant or fairness.jain_by_priority");
        }
        return new Chart(stem, "Fairness by policy",
                "Jain's index of on-time service divided by the fair share: 1 is even, 1/n is all for one of n." + shown.note(),
                List.of(bars.panel("", new Axis("Jain's index", false, OptionalDouble.of(0), OptionalDouble.of(1)), series, List.of())));
    }
}
