package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.Requests.Dimension;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// What happened when, from the requests: each policy's measured window begins at 0.
final class TimeCharts {
    private static final String SECONDS = "Seconds since the measured window began";
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;

    private TimeCharts() {}

    /// p50 and p99 of the requests that were to leave in each piece of time.
    static Plot latency(ResultsView view) {
        String stem = "latency_over_time";
        Predicate<PolicyView> has = policy -> policy.requests().says(Field.E2E_MS);
        return plot(view, stem, has, "End-to-end latency over time", LatencyCharts.noLatencies(view),
                "Latency of the completed requests by when they should have left. The p99 of a piece with fewer than 100 requests is near its slowest.",
                (shown, course) -> List.of(
                        panel(shown, course, "p50", "End-to-end latency (ms)", requests ->
                                course.percentile(requests, Field.INTENDED_MS, Field.E2E_MS, MEDIAN)),
                        panel(shown, course, "p99", "End-to-end latency (ms)", requests ->
                                course.percentile(requests, Field.INTENDED_MS, Field.E2E_MS, P99))));
    }

    /// Completions a second.
    static Plot throughput(ResultsView view) {
        return plot(view, "throughput_over_time", policy -> policy.requests().says(Field.E2E_MS), "Completed requests over time",
                LatencyCharts.noLatencies(view), "Requests that completed per second, by when they ended.",
                (shown, course) -> List.of(panel(shown, course, "", "Completed requests/s", requests -> course.perSecond(requests, true))));
    }

    /// Requests in flight.
    static Plot inFlight(ResultsView view) {
        return plot(view, "in_flight_over_time", TimeCharts::hasSpans, "Requests in flight over time",
                noRequests(view, "no request says when it was sent and when it ended"),
                "Requests that were sent and had not ended, on average over each piece of time. A line that climbs is a system that falls behind.",
                (shown, course) -> List.of(panel(shown, course, "", "Requests in flight", requests ->
                        course.atOnce(requests, requests.column(Field.SENT_MS), requests.column(Field.ENDED_MS)))));
    }

    /// Requests that wait in the control plane.
    static Plot queue(ResultsView view) {
        return plot(view, "queue_over_time", policy -> policy.requests().says(Field.QUEUE_MS), "Requests in the control plane's queue over time",
                noRequests(view, "no request says how long it waited in the control plane's queue"),
                "Requests that waited in the queue, on average over each piece of time, from the wait that the control plane told with each answer.",
                (shown, course) -> List.of(panel(shown, course, "", "Requests waiting", requests ->
                        course.atOnce(requests, requests.column(Field.SENT_MS), dispatched(requests)))));
    }

    /// Requests that did not complete.
    static Plot errors(ResultsView view) {
        boolean any = view.policies().stream().anyMatch(policy -> Arrays.stream(policy.requests().column(Field.COMPLETED)).anyMatch(done -> done == 0));
        if (!any) {
            return new NoChart("errors_over_time", noRequests(view, "every request completed"));
        }
        return plot(view, "errors_over_time", TimeCharts::hasSpans, "Requests that did not complete over time",
                noRequests(view, "no request says when it ended"),
                "Requests per second that were refused, failed or timed out, by when they ended.",
                (shown, course) -> List.of(panel(shown, course, "", "Not completed/s", requests -> course.perSecond(requests, false))));
    }

    /// Requests on each engine, a panel a policy.
    static Plot instances(ResultsView view) {
        String stem = "instance_load_over_time";
        Predicate<PolicyView> has = policy -> hasSpans(policy) && !policy.requests().labels(Dimension.INSTANCE).isEmpty();
        var names = new TreeSet<String>();
        view.policies().stream().filter(has).forEach(policy -> names.addAll(policy.requests().labels(Dimension.INSTANCE)));
        if (names.size() > Shown.MOST_LINES) {
            return new NoChart(stem, names.size() + " engines are more lines than can be told apart: instance_load shows the busiest and the idlest");
        }
        return plot(view, stem, has, "Requests on each engine over time", noRequests(view, "no request says which engine served it"),
                "Requests that each engine had at once, on average over each piece of time: from the end of their wait in the queue, where the control plane told it,"
                        + " else from when they were sent.",
                (shown, course) -> instancePanels(shown, course, List.copyOf(names)));
    }

    /// All on one scale.
    private static List<Panel> instancePanels(Shown shown, Course course, List<String> instances) {
        var lines = new LinkedHashMap<String, List<LineSeries>>();
        for (PolicyView policy : shown.policies()) {
            lines.put(policy.name(), instances.stream()
                    .map(instance -> new LineSeries(instance, course.middles(), onInstance(policy.requests(), course, instance), LineStyle.SOLID))
                    .toList());
        }
        double most = lines.values().stream().flatMap(List::stream).flatMapToDouble(line -> line.y().stream()).max().orElse(0);
        var axis = new Axis("Requests on the engine", false, OptionalDouble.of(0), most > 0 ? OptionalDouble.of(most) : OptionalDouble.empty());
        return lines.entrySet().stream()
                .<Panel>map(one -> new Lines(lines.size() == 1 ? "" : one.getKey(), Axis.fromZero(SECONDS), axis, one.getValue(), List.of()))
                .toList();
    }

    private static Values onInstance(Requests requests, Course course, String instance) {
        int wanted = requests.labels(Dimension.INSTANCE).indexOf(instance);
        int[] labels = requests.labelled(Dimension.INSTANCE);
        double[] sent = requests.column(Field.SENT_MS);
        double[] queued = requests.column(Field.QUEUE_MS);
        double[] from = new double[sent.length];
        Arrays.setAll(from, i -> wanted < 0 || labels[i] != wanted ? Double.NaN : sent[i] + (Double.isNaN(queued[i]) ? 0 : queued[i]));
        return course.atOnce(requests, from, requests.column(Field.ENDED_MS));
    }

    private static Plot plot(
            ResultsView view,
            String stem,
            Predicate<PolicyView> has,
            String title,
            String whyNone,
            String caption,
            BiFunction<Shown, Course, List<Panel>> panels) {
        Shown shown = Shown.leading(view, has);
        if (shown.isEmpty()) {
            return new NoChart(stem, whyNone);
        }
        Course course = Course.over(shown);
        if (!course.isCourse()) {
            return new NoChart(stem, "too few requests for a course over time");
        }
        boolean repeated = shown.policies().stream().anyMatch(policy -> Course.repeats(policy.requests()) > 1);
        return new Chart(
                stem,
                title,
                caption + " In pieces of " + Numbers.text(course.widthMs() / 1e3) + " s." + (repeated ? " Repeats lie on one another." : "")
                        + shown.note() + shown.sampled(),
                panels.apply(shown, course));
    }

    private interface PerPolicy {
        Values of(Requests requests);
    }

    private static Panel panel(Shown shown, Course course, String title, String label, PerPolicy values) {
        return new Lines(
                title,
                Axis.fromZero(SECONDS),
                Axis.fromZero(label),
                shown.policies().stream()
                        .map(policy -> new LineSeries(policy.name(), course.middles(), values.of(policy.requests()), LineStyle.SOLID))
                        .toList(),
                List.of());
    }

    private static double[] dispatched(Requests requests) {
        double[] until = requests.column(Field.SENT_MS).clone();
        double[] queued = requests.column(Field.QUEUE_MS);
        Arrays.setAll(until, i -> until[i] + queued[i]);
        return until;
    }

    private static boolean hasSpans(PolicyView policy) {
        return policy.requests().says(Field.SENT_MS) && policy.requests().says(Field.ENDED_MS);
    }

    private static String noRequests(ResultsView view, String otherwise) {
        return view.policies().stream().anyMatch(policy -> policy.requests().size() > 0) ? otherwise : "the file has none of its requests";
    }
}
