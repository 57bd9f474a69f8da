package io.sagebench.report.engine;

import io.sagebench.report.engine.EngineField.Better;
import io.sagebench.report.engine.EngineField.Unit;
import io.sagebench.statistics.Difference;
import io.sagebench.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// By how much a figure is worse, and what repeats say about chance. Of shares by their difference, of all else by the logarithm of their ratio, so
/// that twice as slow and half as fast are the same.
///
/// @param field which figure
public record RepeatedFigure(EngineField field) {
    /// Fewer repeats tell too little of their spread.
    public static final int LEAST_REPEATS = 3;

    /// Whether it is a share, whose changes are percentage points.
    public boolean isShare() {
        return field.unit() == Unit.SHARE;
    }

    /// By how much it is worse, as a share of what it was; negative when it is better. Absent without both values, and without a ratio.
    public OptionalDouble worsening(OptionalDouble before, OptionalDouble after) {
        if (before.isEmpty() || after.isEmpty() || !(isUsable(before.getAsDouble()) && isUsable(after.getAsDouble()))) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(unscaled(worse(scaled(before.getAsDouble()), scaled(after.getAsDouble()))));
    }

    /// The same over repeats that have nothing to do with each other: Welch's (1947) test.
    ///
    /// @return on the scale of the test, see [#interval]; absent with fewer than [#LEAST_REPEATS] on either side
    public Optional<Difference> apart(List<EngineMetrics> before, List<EngineMetrics> after) {
        double[] was = before.stream().flatMapToDouble(repeat -> usable(repeat).stream()).toArray();
        double[] is = after.stream().flatMapToDouble(repeat -> usable(repeat).stream()).toArray();
        if (was.length < LEAST_REPEATS || is.length < LEAST_REPEATS) {
            return Optional.empty();
        }
        double one = variance(was) / was.length;
        double other = variance(is) / is.length;
        double both = one + other;
        double freedom = both == 0
                ? was.length + is.length - 2
                : both * both / (one * one / (was.length - 1) + other * other / (is.length - 1));
        return Optional.of(new Difference(worse(mean(was), mean(is)), Math.sqrt(both), freedom));
    }

    /// The same over repeats that belong together two by two, as when both engines answered the same prompts in the same round: Student's test of
    /// their differences.
    ///
    /// @return as of [#apart]
    public Optional<Difference> paired(List<EngineMetrics> before, List<EngineMetrics> after) {
        var changes = new ArrayList<Double>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            OptionalDouble was = usable(before.get(i));
            OptionalDouble is = usable(after.get(i));
            if (was.isPresent() && is.isPresent()) {
                changes.add(worse(was.getAsDouble(), is.getAsDouble()));
            }
        }
        if (changes.size() < LEAST_REPEATS) {
            return Optional.empty();
        }
        double[] each = changes.stream().mapToDouble(Double::doubleValue).toArray();
        return Optional.of(new Difference(mean(each), Math.sqrt(variance(each) / each.length), each.length - 1));
    }

    /// Holds the true worsening with that confidence, as a share of what the figure was.
    public Interval interval(Difference difference, double level) {
        Interval scaled = difference.interval(level);
        return new Interval(unscaled(scaled.low()), unscaled(scaled.high()));
    }

    private OptionalDouble usable(EngineMetrics repeat) {
        OptionalDouble value = repeat.value(field.key());
        return value.isPresent() && isUsable(value.getAsDouble())
                ? OptionalDouble.of(scaled(value.getAsDouble()))
                : OptionalDouble.empty();
    }

    private boolean isUsable(double value) {
        return isShare() || value > 0;
    }

    private double scaled(double value) {
        return isShare() ? value : Math.log(value);
    }

    private double unscaled(double worse) {
        return isShare() ? worse : Math.expm1(worse);
    }

    private double worse(double before, double after) {
        return field.better() == Better.HIGHER ? before - after : after - before;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }
}
