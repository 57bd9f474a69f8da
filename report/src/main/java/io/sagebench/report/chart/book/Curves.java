package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Figures of policies at several settings of one thing: a rate, a load, a share of prompts.
///
/// @param points of each policy, in the order of the settings
/// @param x      which setting a point has; NaN when it does not say
/// @param note   who is missing, for the caption, with a space before it
record Curves<P>(Map<String, List<P>> points, Function<P, OptionalDouble> x, String note) {
    private static final double LOG_FROM = 20;

    /// Those policies that can be told apart in one pair of axes.
    ///
    /// @param merit what is added up over the points to tell which policies are the best, when there are too many
    /// @param by    the same in words
    static <P> Curves<P> of(Map<String, List<P>> all, Function<P, OptionalDouble> x, Function<P, OptionalDouble> merit, String by) {
        if (all.size() <= Shown.MOST_LINES) {
            return new Curves<>(all, x, "");
        }
        List<String> best = all.keySet().stream()
                .sorted(Comparator.comparingDouble(policy -> -all.getOrDefault(policy, List.of()).stream().mapToDouble(point -> merit.apply(point).orElse(0)).sum()))
                .limit(Shown.MOST_LINES)
                .toList();
        var kept = new LinkedHashMap<String, List<P>>();
        all.forEach((policy, points) -> {
            if (best.contains(policy)) {
                kept.put(policy, points);
            }
        });
        return new Curves<>(kept, x, " Of " + all.size() + " policies, the " + Shown.MOST_LINES + " with " + by + ".");
    }

    /// A line for each policy that has the figure anywhere.
    ///
    /// @param scale what figures are multiplied by: 100 for a percentage
    List<LineSeries> lines(Function<P, OptionalDouble> y, double scale) {
        return lines(x, y, scale);
    }

    /// The same over another figure than the setting.
    List<LineSeries> lines(Function<P, OptionalDouble> over, Function<P, OptionalDouble> y, double scale) {
        var lines = new ArrayList<LineSeries>();
        points.forEach((policy, of) -> {
            List<P> known = of.stream().filter(point -> over.apply(point).isPresent()).toList();
            Values values = Values.of(known.stream().mapToDouble(point -> scale * y.apply(point).orElse(Double.NaN)).toArray());
            if (PolicyBars.any(values)) {
                lines.add(new LineSeries(policy, Values.of(known.stream().mapToDouble(point -> over.apply(point).orElseThrow()).toArray()), values, LineStyle.POINTS));
            }
        });
        return lines;
    }

    /// Lines over the setting, from zero, unless the settings are so far apart that only equal ratios show them.
    Lines panel(String title, String xLabel, Axis y, List<LineSeries> lines, List<Mark> marks) {
        return new Lines(title, axis(xLabel, lines), y, lines, marks);
    }

    private static Axis axis(String label, List<LineSeries> lines) {
        double[] xs = lines.stream().flatMapToDouble(line -> line.x().stream()).toArray();
        double least = Arrays.stream(xs).min().orElse(0);
        double most = Arrays.stream(xs).max().orElse(0);
        return least > 0 && most / least >= LOG_FROM ? Axis.logarithmic(label) : Axis.fromZero(label);
    }

    /// Where completed equals asked for.
    static LineSeries ideal(List<LineSeries> lines) {
        double[] xs = lines.stream().flatMapToDouble(line -> line.x().stream()).sorted().distinct().toArray();
        return new LineSeries("all of them", Values.of(xs), Values.of(xs), LineStyle.DASHED);
    }
}
