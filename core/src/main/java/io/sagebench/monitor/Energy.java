package io.sagebench.monitor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What an accelerator used in a window, and how that is known.
///
/// @param joules at least 0
/// @param source how
public record Energy(double joules, Source source) {

    /// How it is known.
    public enum Source {
        /// By the counter of the device.
        COUNTER,
        /// By its power, integrated over the samples by trapezoids.
        INTEGRATED_POWER,
        /// Of some devices by the one, of others by the other.
        MIXED;

        /// The name in files.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Both together.
    Energy and(Energy other) {
        return new Energy(joules + other.joules, source == other.source ? source : Source.MIXED);
    }

    /// Of one device in a window that began at 0. The counter counts, when it moved; else the power.
    ///
    /// @param samples       of the device, in the order of time; those just before and after the window help
    /// @param durationNanos of the window
    /// @param mostGapNanos  how far the window may reach beyond the samples, where the nearest holds
    /// @return absent when the samples do not cover the window
    static Optional<Energy> of(List<Sample.Gpu> samples, long durationNanos, long mostGapNanos) {
        OptionalDouble counted = counted(line(samples, Sample.Gpu::energyJoules), durationNanos, mostGapNanos);
        if (counted.isPresent()) {
            return Optional.of(new Energy(counted.getAsDouble(), Source.COUNTER));
        }
        OptionalDouble integrated = integrated(line(samples, Sample.Gpu::powerWatts), durationNanos, mostGapNanos);
        return integrated.isPresent() ? Optional.of(new Energy(integrated.getAsDouble(), Source.INTEGRATED_POWER)) : Optional.empty();
    }

    private record Point(long atNanos, double value) {}

    private static List<Point> line(List<Sample.Gpu> samples, Function<Sample.Gpu, OptionalDouble> figure) {
        return samples.stream()
                .filter(sample -> figure.apply(sample).isPresent())
                .map(sample -> new Point(sample.atNanos(), figure.apply(sample).getAsDouble()))
                .toList();
    }

    private static boolean covers(List<Point> line, long durationNanos, long mostGapNanos) {
        return !line.isEmpty()
                && line.getFirst().atNanos <= mostGapNanos
                && line.getLast().atNanos >= durationNanos - mostGapNanos;
    }

    /// A counter that stood still, as that of an exporter which looks rarely, or fell, as after a restart, says nothing.
    private static OptionalDouble counted(List<Point> line, long durationNanos, long mostGapNanos) {
        for (int i = 1; i < line.size(); i++) {
            if (line.get(i).value < line.get(i - 1).value) {
                return OptionalDouble.empty();
            }
        }
        if (!covers(line, durationNanos, mostGapNanos)) {
            return OptionalDouble.empty();
        }
        double grown = at(line, durationNanos) - at(line, 0);
        return grown > 0 ? OptionalDouble.of(grown) : OptionalDouble.empty();
    }

    private static OptionalDouble integrated(List<Point> line, long durationNanos, long mostGapNanos) {
        if (!covers(line, durationNanos, mostGapNanos)) {
            return OptionalDouble.empty();
        }
        double joules = 0;
        var before = new Point(0, at(line, 0));
        for (Point point : line) {
            if (point.atNanos > 0 && point.atNanos < durationNanos) {
                joules += between(before, point);
                before = point;
            }
        }
        return OptionalDouble.of(joules + between(before, new Point(durationNanos, at(line, durationNanos))));
    }

    private static double between(Point one, Point other) {
        return (one.value + other.value) / 2 * (other.atNanos - one.atNanos) / 1e9;
    }

    /// On the straight line between the samples around that moment; the nearest, beyond the first or the last.
    private static double at(List<Point> line, long momentNanos) {
        Point before = line.getFirst();
        for (Point point : line) {
            if (point.atNanos >= momentNanos) {
                return point.atNanos == before.atNanos || before.atNanos > momentNanos
                        ? point.value
                        : before.value + (point.value - before.value) * (momentNanos - before.atNanos) / (point.atNanos - before.atNanos);
            }
            before = point;
        }
        return before.value;
    }
}
