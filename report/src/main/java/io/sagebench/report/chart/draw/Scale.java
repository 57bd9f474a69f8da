package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// From where to where an axis goes, and the round numbers that XChart found for it when it was painted.
final class Scale {
    private static final double MOST_RATIO = 1e9;
    private static final double LITTLE = 1.1;
    private static final double LEAST_LENGTH = 1e-7; // XChart steps with ten decimals, and never ends on shorter ones
    private static final double LOGARITHMIC_FROM = 5; // below, a logarithmic axis has no two ticks, and looks like another
    private static final double ROUND = 1e-9;

    private final Axis axis;
    private final double least;
    private final double most;
    private final double finest;
    private final List<Double> seen = new ArrayList<>();

    private Scale(Axis axis, double least, double most) {
        this.axis = axis;
        this.least = least;
        this.most = most;
        this.finest = Math.pow(10, Math.floor(Math.log10((most - least) / 20)));
    }

    /// What the axis asks for, and else what the values need.
    ///
    /// @param room   share of the length that is added where the axis does not say its end
    /// @param beyond share that is added in any case, for what is written there
    static Scale of(Axis axis, DoubleStream values, double room, double beyond) {
        double[] shown = values.filter(value -> isShown(axis, value)).toArray();
        double from = axis.least().orElse(DoubleStream.of(shown).min().orElse(axis.logarithmic() ? 1 : 0));
        double highest = DoubleStream.of(shown).max().orElse(1);
        double to = axis.most().orElse(axis.logarithmic() ? highest : highest + room * (highest - Math.min(from, highest)));
        if (!(to > from)) {
            to = from > 0 ? from * LITTLE : from + 1; // one value, or none
        }
        if (axis.logarithmic()) {
            return new Scale(axis, Math.max(from, to / MOST_RATIO), to);
        }
        return new Scale(axis, from, Math.max(to, from + Math.max(1, Math.abs(from)) * LEAST_LENGTH) + beyond * (to - from));
    }

    static boolean isShown(Axis axis, double value) {
        return Double.isFinite(value) && (!axis.logarithmic() || value > 0);
    }

    boolean shows(double value) {
        return isShown(axis, value);
    }

    /// Whether a value lies on the axis.
    boolean reaches(double value) {
        double slack = ROUND * (most - least);
        return value >= least - slack && value <= most + slack;
    }

    Axis axis() {
        return axis;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    boolean logarithmic() {
        return axis.logarithmic() && most / least >= LOGARITHMIC_FROM;
    }

    /// How far along the axis a value lies: 0 at its beginning, 1 at its end.
    double share(double value) {
        return logarithmic() ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
    }

    /// The value that lies there.
    double at(double share) {
        return logarithmic() ? least * Math.pow(most / least, share) : least + share * (most - least);
    }

    /// Notes a number that XChart tries for a tick; it tries them ascending, and from the beginning when it takes another step.
    String tried(double value) {
        if (!seen.isEmpty() && value <= seen.getLast()) {
            seen.clear();
        }
        seen.add(value);
        return Labels.tick(value, finest);
    }

    /// Those of its last try that lie on the axis.
    List<Double> ticks() {
        return seen.stream().filter(this::reaches).toList();
    }

    /// What is written at one of them.
    String label(double tick) {
        return Labels.tick(tick, logarithmic() || seen.size() < 2 ? Math.pow(10, Math.floor(Math.log10(Math.abs(tick)))) : seen.get(1) - seen.getFirst());
    }

    /// The widest label there may be, in points.
    double widestLabel() {
        return DoubleStream.of(least, most, logarithmic() ? least : most - finest)
                .mapToObj(value -> logarithmic() ? label(value) : Labels.tick(value, finest))
                .mapToDouble(label -> Ink.width(label, Theme.SMALL))
                .max()
                .orElse(0);
    }
}
