package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.Box;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How requests fared: first token against token pace, waiting against work, endings, and which engine did how much.
final class RequestCharts {
    private static final int MOST_POINTS = 300;
    private static final int MOST_INSTANCES = 12;
    private static final double PERCENT = 100;
    private static final List<String> ENDINGS = List.of("completed", "rejected", "timeout", "failed");

    private RequestCharts() {}

    /// A point a request, a panel a policy, all over the same axes; with the box of the service level when one holds for all.
    static Plot ttftAgainstTpot(ResultsView view) {
        String stem = "ttft_vs_tpot";
        Shown shown = Shown.leading(view, policy -> policy.requests().says(Field.TTFT_MS) && policy.requests().says(Field.TPOT_MS));
        if (shown.isEmpty()) {
            return new NoChart(stem, view.policies().stream().allMatch(policy -> policy.requests().size() == 0)
                    ? "the file has none of its requests"
                    : "no request has both a time to first token and a time per output token");
        }
        Optional<Box> box = box(view.root().at("config.slo_config"));
        double mostTtft = most(shown, Field.TTFT_MS, box.map(Box::x).orElse(0.0));
        double mostTpot = most(shown, Field.TPOT_MS, box.map(Box::y).orElse(0.0));
        var panels = new ArrayList<Panel>();
        boolean sampled = false;
        for (PolicyView policy : shown.policies()) {
            PointSeries points = points(policy);
            sampled |= policy.requests().sorted(Field.TPOT_MS).length > points.x().size();
            panels.add(new Scatter(
                    shown.policies().size() == 1 ? "" : policy.name(),
                    new Axis("Time to first token (ms)", false, OptionalDouble.of(0), OptionalDouble.of(mostTtft)),
                    new Axis("Time per output token (ms)", false, OptionalDouble.of(0), OptionalDouble.of(mostTpot)),
                    List.of(points),
                    box));
        }
        return new Chart(
                stem,
                "Time to first token against time per output token",
                "A point for each completed streamed request" + (sampled ? ", at most " + MOST_POINTS + " of a policy, evenly taken" : "")
                        + "; nearer to the corner is better." + (box.isPresent() ? " The box is the service level." : "") + shown.note(),
                panels);
    }

    private static Optional<Box> box(Facts slo) {
        OptionalDouble ttft = slo.number("ttft_deadline_ms");
        OptionalDouble tpot = slo.number("tpot_deadline_ms");
        return ttft.isPresent() && tpot.isPresent()
                ? Optional.of(new Box(
                        "SLO: TTFT " + Numbers.text(ttft.getAsDouble()) + " ms, TPOT " + Numbers.text(tpot.getAsDouble()) + " ms",
                        ttft.getAsDouble(),
                        tpot.getAsDouble()))
                : Optional.empty();
    }

    private static double most(Shown shown, Field field, double atLeast) {
        double most = atLeast;
        for (PolicyView policy : shown.policies()) {
            for (double value : points(policy, field)) {
                most = Math.max(most, value);
            }
        }
        return most > 0 ? most * 1.05 : 1;
    }

    private static double[] points(PolicyView policy, Field field) {
        PointSeries points = points(policy);
        return (field == Field.TTFT_MS ? points.x() : points.y()).toArray();
    }

    private static PointSeries points(PolicyView policy) {
        double[] ttft = policy.requests().column(Field.TTFT_MS);
        double[] tpot = policy.requests().column(Field.TPOT_MS);
        int[] known = IntStream.range(0, ttft.length).filter(i -> !Double.isNaN(ttft[i]) && !Double.isNaN(tpot[i])).toArray();
        int kept = Math.min(known.length, MOST_POINTS);
        double[] x = new double[kept];
        double[] y = new double[kept];
        for (int i = 0; i < kept; i++) {
            int at = known[(int) ((long) i * known.length / kept)];
            x[i] = ttft[at];
            y[i] = tpot[at];
        }
        return new PointSeries(policy.name(), Values.of(x), Values.of(y), List.of());
    }

    /// How much of the mean latency was waiting in the control plane.
    static Plot queueAgainstEngine(ResultsView view) {
        String stem = "queue_vs_engine";
        Shown shown = Shown.all(view, policy -> !Double.isNaN(split(policy.requests())[0]));
        if (shown.isEmpty()) {
            return new NoChart(stem, "no completed request says how long it waited in the control plane's queue");
        }
        double[] queue = shown.policies().stream().mapToDouble(policy -> split(policy.requests())[0]).toArray();
        double[] rest = shown.policies().stream().mapToDouble(policy -> split(policy.requests())[1]).toArray();
        Bars bars = PolicyBars.of(shown).stacked(
                "", Axis.fromZero("Mean end-to-end latency (ms)"),
                List.of(new BarSeries("in the queue", queue), new BarSeries("in engine and network", rest)));
        return new Chart(stem, "Waiting against work",
                "Mean end-to-end latency of the completed requests, cut into the wait that the control plane told and all the rest." + shown.note()
                        + shown.sampled(),
                List.of(bars));
    }

    /// Means over completed requests that tell both; NaN when there are none.
    private static double[] split(Requests requests) {
        double[] latency = requests.column(Field.E2E_MS);
        double[] queue = requests.column(Field.QUEUE_MS);
        double waited = 0;
        double rest = 0;
        int known = 0;
        for (int i = 0; i < latency.length; i++) {
            if (!Double.isNaN(latency[i]) && !Double.isNaN(queue[i])) {
                waited += queue[i];
                rest += latency[i] - queue[i];
                known++;
            }
        }
        return known == 0 ? new double[] {Double.NaN, Double.NaN} : new double[] {waited / known, rest / known};
    }

    /// How requests ended, as shares.
    static Plot outcomes(ResultsView view) {
        String stem = "outcomes";
        Shown shown = Shown.all(view, policy -> policy.metrics().number("request_counts.total").orElse(0) > 0);
        if (shown.isEmpty()) {
            return new NoChart(stem, "no policy has request_counts");
        }
        boolean allCompleted = shown.policies().stream().allMatch(policy ->
                policy.metrics().number("request_counts.completed").equals(policy.metrics().number("request_counts.total")));
        if (allCompleted) {
            return new NoChart(stem, "every request completed");
        }
        var series = new ArrayList<BarSeries>();
        for (String ending : ENDINGS) {
            double[] shares = shown.policies().stream().mapToDouble(policy -> share(policy, ending)).toArray();
            if (Arrays.stream(shares).anyMatch(share -> share > 0)) {
                series.add(new BarSeries(ending, shares));
            }
        }
        return new Chart(stem, "How requests ended",
                "Shares of all measured requests: completed, refused with status 429 or 503, timed out, or failed in any other way." + shown.note(),
                List.of(PolicyBars.of(shown).stacked("", Axis.percent("Requests (%)"), series)));
    }

    private static double share(PolicyView policy, String ending) {
        Facts counts = policy.metrics().at("request_counts");
        return PERCENT * counts.number(ending).orElse(0) / counts.number("total").orElse(1);
    }

    /// How much each engine did.
    static Plot instanceLoad(ResultsView view) {
        String stem = "instance_load";
        Shown shown = Shown.leading(view, policy -> !policy.requests().labels(Requests.Dimension.INSTANCE).isEmpty());
        if (shown.isEmpty()) {
            return new NoChart(stem, view.policies().stream().allMatch(policy -> policy.requests().size() == 0)
                    ? "the file has none of its requests"
                    : "no request says which engine served it");
        }
        var instances = new TreeSet<String>();
        shown.policies().forEach(policy -> instances.addAll(policy.requests().labels(Requests.Dimension.INSTANCE)));
        List<String> named = List.copyOf(instances);
        if (named.size() > MOST_INSTANCES) {
            return spread(stem, shown, named);
        }
        var panels = new ArrayList<Panel>();
        panels.add(new Bars("Requests", named, false, Axis.fromZero("Requests served"),
                shown.policies().stream().map(policy -> new BarSeries(policy.name(), served(policy, named))).toList(), List.of()));
        List<BarSeries> busy = shown.policies().stream().map(policy -> new BarSeries(policy.name(), busySeconds(policy, named))).toList();
        if (PolicyBars.any(busy)) {
            panels.add(new Bars("Time with work", named, false, Axis.fromZero("Seconds with at least one request"), busy, List.of()));
        }
        return new Chart(stem, "Load of each engine", "Requests that each engine served, and how long it had any. Even bars are an even load."
                + shown.note() + shown.sampled(), panels);
    }

    private static Plot spread(String stem, Shown shown, List<String> instances) {
        var most = new double[shown.policies().size()];
        var mean = new double[most.length];
        var least = new double[most.length];
        for (int i = 0; i < most.length; i++) {
            double[] served = served(shown.policies().get(i), instances);
            most[i] = Arrays.stream(served).max().orElse(0);
            mean[i] = Arrays.stream(served).average().orElse(0);
            least[i] = Arrays.stream(served).min().orElse(0);
        }
        Bars bars = PolicyBars.of(shown).panel("", Axis.fromZero("Requests served"),
                List.of(new BarSeries("busiest engine", most), new BarSeries("mean", mean), new BarSeries("idlest engine", least)), List.of());
        return new Chart(stem, "Load of the engines", "Requests served by the busiest, the mean and the idlest of " + instances.size()
                + " engines that served any." + shown.note() + shown.sampled(), List.of(bars));
    }

    private static double[] served(PolicyView policy, List<String> instances) {
        Requests requests = policy.requests();
        List<String> labels = requests.labels(Requests.Dimension.INSTANCE);
        double[] served = new double[instances.size()];
        for (int label : requests.labelled(Requests.Dimension.INSTANCE)) {
            if (label >= 0) {
                served[instances.indexOf(labels.get(label))] += requests.every();
            }
        }
        return served;
    }

    private static double[] busySeconds(PolicyView policy, List<String> instances) {
        Facts busy = policy.metrics().at("engine_busy_seconds");
        return instances.stream().mapToDouble(instance -> busy.named(instance).number().orElse(Double.NaN)).toArray();
    }
}
