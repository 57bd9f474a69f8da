package io.sagebench.report.chart.draw;

import io.sagebench.report.chart.Axis;
import java.util.stream.DoubleStream;

/// From where to where an axis goes.
///
/// @param least at its beginning
/// @param most  at its end; larger
record Range(double least, double most) {
    private static final double MOST_RATIO = 1e9;
    private static final double LITTLE = 1.1;

    /// What an axis asks for, and else what the values need.
    ///
    /// @param room share of the length that is added where the axis does not say its end
    static Range of(Axis axis, double least, double most, double room) {
        double from = axis.least().orElse(least);
        double to = axis.most().orElse(axis.logarithmic() ? most : most + room * (most - Math.min(from, most)));
        if (!(to > from)) {
            to = from > 0 ? from * LITTLE : from + 1; // one value, or none
        }
        return axis.logarithmic() ? new Range(Math.max(from, to / MOST_RATIO), to) : new Range(from, to);
    }

    /// The same over all values that can be shown.
    static Range of(Axis axis, double[] values, double room) {
        double least = DoubleStream.of(values).filter(value -> isShown(axis, value)).min().orElse(axis.logarithmic() ? 1 : 0);
        double most = DoubleStream.of(values).filter(value -> isShown(axis, value)).max().orElse(1);
        return of(axis, least, most, room);
    }

    static boolean isShown(Axis axis, double value) {
        return Double.isFinite(value) && (!axis.logarithmic() || value > 0);
    }

    /// The same with room beyond an end that the axis fixes, for what is written there.
    Range longer(double share) {
        return new Range(least, most + share * (most - least));
    }
}
