package io.sagebench.report.html;

import io.sagebench.report.html.Table.Mark;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Say;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which policies are best and worst by a figure, and how sure that is. Those that read the same are the same: rounding is no reason to prefer one.
final class Marks {
    private static final int LEAST_FOR_A_WORST = 3;
    private static final Marked NONE = new Marked(Mark.NONE, "");

    private final Map<String, Marked> marks = new LinkedHashMap<>();

    private Marks() {}

    /// A mark and what it rests on.
    record Marked(Mark mark, String why) {}

    /// Of the policies that could be chosen.
    ///
    /// @param significance `summary.significance` of the results
    static Marks of(Metric metric, List<PolicyView> candidates, Facts significance) {
        var known = new LinkedHashMap<String, Double>();
        candidates.forEach(policy -> metric.of(policy.metrics()).ifPresent(value -> known.put(policy.name(), value)));
        var marks = new Marks();
        if (known.size() > 1) {
            marks.fill(metric, known, metric.tested().isEmpty() ? new Facts(significance.json().path("none")) : significance.named(metric.tested()));
        }
        return marks;
    }

    Marked of(String policy) {
        return marks.getOrDefault(policy, NONE);
    }

    private void fill(Metric metric, Map<String, Double> known, Facts tested) {
        double best = extreme(known, metric.higher());
        double worst = extreme(known, !metric.higher());
        List<String> leaders = named(metric, known, best);
        List<String> last = named(metric, known, worst);
        if (leaders.size() == known.size()) {
            return; // all the same: nothing to choose by
        }
        if (leaders.size() == 1) {
            leading(leaders.getFirst(), tested);
        } else if (leaders.size() * 2 <= known.size()) {
            leaders.forEach(name -> marks.put(name, new Marked(Mark.TIED, "shares the best figure with " + Say.list(others(leaders, name)))));
        }
        if (last.size() == 1 && known.size() >= LEAST_FOR_A_WORST) {
            marks.putIfAbsent(last.getFirst(), new Marked(Mark.WORST, "the worst of " + known.size()));
        }
    }

    private void leading(String best, Facts tested) {
        if (!tested.text("best").orElse("").equals(best)) {
            marks.put(best, new Marked(Mark.LEADING, "the best figure; whether by more than chance was not tested"));
            return;
        }
        Facts against = tested.at("against");
        var notTold = against.names().stream()
                .filter(name -> !against.named(name).text("verdict").orElse("").equals("worse"))
                .toList();
        if (notTold.isEmpty()) {
            marks.put(best, new Marked(Mark.BEST, "better than every other by more than chance explains, at 95 % confidence"));
            return;
        }
        marks.put(best, new Marked(Mark.LEADING, "the best figure, but not told apart from " + Say.list(notTold)));
        notTold.forEach(name -> marks.put(name, new Marked(Mark.TIED, "not told apart from the best, " + best
                + against.named(name).text("why").map(why -> ": " + why).orElse(""))));
    }

    private static double extreme(Map<String, Double> known, boolean highest) {
        var values = known.values().stream().mapToDouble(Double::doubleValue);
        return (highest ? values.max() : values.min()).orElseThrow();
    }

    private static List<String> named(Metric metric, Map<String, Double> known, double value) {
        String shown = metric.unit().text(value);
        return known.entrySet().stream().filter(one -> metric.unit().text(one.getValue()).equals(shown)).map(Map.Entry::getKey).toList();
    }

    private static List<String> others(List<String> names, String but) {
        return names.stream().filter(name -> !name.equals(but)).toList();
    }
}
