package io.sagebench.report.html;

import io.sagebench.report.view.Facts;
import io.sagebench.report.view.Say;
import java.util.Locale;
import java.util.OptionalDouble;

/// A figure of a policy: where the results have it, and how people read it.
///
/// @param title      as short as can be
/// @param hint       what it means
/// @param path       below `metrics`
/// @param confidence below `metrics.confidence`; empty when results have no interval for it
/// @param tested     its name below `summary.significance`; empty when it is not tested
/// @param unit       what it counts
/// @param higher     whether more is better
record Metric(String title, String hint, String path, String confidence, String tested, Unit unit, boolean higher) {

    /// What a figure counts.
    enum Unit {
        /// Milliseconds.
        MILLIS,
        /// From 0 to 1.
        SHARE,
        /// Requests a second.
        REQUESTS_PER_SECOND,
        /// Tokens a second.
        TOKENS_PER_SECOND,
        /// US dollars.
        USD,
        /// Anything else.
        NUMBER;

        /// A value with its unit.
        String text(double value) {
            return switch (this) {
                case MILLIS -> Say.millis(value);
                case SHARE -> Say.percent(value);
                case REQUESTS_PER_SECOND -> Say.number(value) + "/s";
                case TOKENS_PER_SECOND -> Say.number(value) + " tok/s";
                case USD -> String.format(Locale.ROOT, value != 0 && Math.abs(value) < 0.01 ? "$%.6f" : "$%.2f", value);
                case NUMBER -> value != Math.rint(value) && Math.abs(value) < 10 ? String.format(Locale.ROOT, "%.3f", value) : Say.number(value);
            };
        }
    }

    static Metric of(String title, String hint, String path, Unit unit, boolean higher) {
        return new Metric(title, hint, path, "", "", unit, higher);
    }

    OptionalDouble of(Facts metrics) {
        if (path.equals("not_completed")) {
            OptionalDouble total = metrics.number("request_counts.total");
            OptionalDouble completed = metrics.number("request_counts.completed");
            return total.isEmpty() || completed.isEmpty() || total.getAsDouble() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(1 - completed.getAsDouble() / total.getAsDouble());
        }
        return metrics.number(path);
    }

    /// Its value with the unit; a dash when it is not known.
    String text(Facts metrics) {
        OptionalDouble value = of(metrics);
        return value.isPresent() ? unit.text(value.getAsDouble()) : "–";
    }

    /// Its 95 % confidence interval; empty when there is none.
    String interval(Facts metrics) {
        OptionalDouble low = metrics.number("confidence." + confidence + ".low");
        OptionalDouble high = metrics.number("confidence." + confidence + ".high");
        if (confidence.isEmpty() || low.isEmpty() || high.isEmpty() || of(metrics).isEmpty()) {
            return "";
        }
        return unit.text(low.getAsDouble()) + " – " + unit.text(high.getAsDouble());
    }

    /// Why there is no interval; empty when there is one, or none was to be expected.
    String whyNoInterval(Facts metrics) {
        return confidence.isEmpty() ? "" : metrics.text("confidence." + confidence + ".why").orElse("");
    }
}
