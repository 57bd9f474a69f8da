package io.sagebench.report.terminal;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Numbers as people read them. A dash is not known.
final class Cells {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double SHORT_MILLIS = 10;

    private Cells() {}

    static String rate(OptionalDouble perSecond) {
        return perSecond.isPresent() ? rate(perSecond.getAsDouble()) : "-";
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f req/s", perSecond);
    }

    /// A number with one decimal.
    static String number(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "-";
    }

    static String millis(Optional<LatencySummary> latency, ToDoubleFunction<LatencySummary> which) {
        return latency.map(known -> millis(which.applyAsDouble(known))).orElse("-");
    }

    /// Whole milliseconds, and a decimal below 10 where it matters.
    static String millis(double nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        return String.format(Locale.ROOT, millis < SHORT_MILLIS ? "%.1f ms" : "%.0f ms", millis);
    }

    static String share(OptionalDouble ratio) {
        return ratio.isPresent() ? share(ratio.getAsDouble()) : "-";
    }

    /// A percentage with one decimal. What is not quite all or nothing never prints as if it were.
    static String share(double ratio) {
        double percent = ratio * 100;
        if (ratio < 1 && percent > 99.9) {
            return "99.9%";
        }
        if (ratio > 0 && percent < 0.1) {
            return "0.1%";
        }
        return String.format(Locale.ROOT, "%.1f%%", percent);
    }

    /// Everything that did not complete, as a share of all.
    static String errors(RunMetrics.RequestCounts counts) {
        return counts.total() == 0 ? "-" : share((double) (counts.total() - counts.completed()) / counts.total());
    }
}
