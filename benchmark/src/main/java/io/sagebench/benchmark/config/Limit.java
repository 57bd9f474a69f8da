package io.sagebench.benchmark.config;

import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.report.PolicyReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A limit that a result must not miss, said by what fails it: `slo<0.95` fails when fewer than 95 % of the requests met their service level.
///
/// @param metric which figure
/// @param below  whether a figure below the bound fails, rather than one above it
/// @param bound  in the unit of the metric: a share from 0 to 1, milliseconds, or requests per second
/// @param text   as it was given
public record Limit(Metric metric, boolean below, double bound, String text) {
    private static final Pattern LIMIT = Pattern.compile("\\s*(\\w+)\\s*([<>])\\s*(\\d{1,12}(?:\\.\\d{1,12})?|\\.\\d{1,12})\\s*(%|ms|s)?\\s*");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DECIMALS = 4;

    /// A figure that can be limited.
    public enum Metric {
        /// Of all requests, those that met their service level.
        SLO(Unit.SHARE),
        /// Of all requests, those that did not complete.
        ERROR_RATE(Unit.SHARE),
        P99_TTFT(Unit.MILLIS),
        P99_E2E(Unit.MILLIS),
        /// Completed requests per second.
        THROUGHPUT(Unit.RATE),
        /// Requests that met their service level, per second.
        GOODPUT(Unit.RATE);

        private final Unit unit;

        Metric(Unit unit) {
            this.unit = unit;
        }

        private OptionalDouble of(RunMetrics metrics) {
            return switch (this) {
                case SLO -> metrics.slo().attainment();
                case ERROR_RATE -> notCompleted(metrics);
                case P99_TTFT -> p99(metrics.ttft());
                case P99_E2E -> p99(metrics.endToEnd());
                case THROUGHPUT -> metrics.throughput().requestsPerSecond();
                case GOODPUT -> metrics.throughput().goodputPerSecond();
            };
        }

        /// Its name in a limit.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static OptionalDouble notCompleted(RunMetrics metrics) {
            long total = metrics.counts().total();
            return total == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) (total - metrics.counts().completed()) / total);
        }

        private static OptionalDouble p99(Optional<LatencySummary> latency) {
            return latency.map(known -> OptionalDouble.of(known.p99() / NANOS_PER_MILLI)).orElse(OptionalDouble.empty());
        }
    }

    private enum Unit {
        SHARE(""),
        MILLIS(" ms"),
        RATE(" req/s");

        private final String shown;

        Unit(String shown) {
            this.shown = shown;
        }
    }

    /// How a policy misses it, for people; absent when it does not. A figure that is not known misses every limit.
    public Optional<String> missedBy(PolicyReport policy) {
        OptionalDouble figure = metric.of(policy.metrics());
        if (figure.isEmpty()) {
            return Optional.of(policy.policy() + ": " + metric.key() + " is not known, and the limit is " + text);
        }
        double value = figure.getAsDouble();
        return (below ? value < bound : value > bound)
                ? Optional.of(policy.policy() + ": " + metric.key() + " is " + shown(value) + metric.unit.shown + ", and the limit is " + text)
                : Optional.empty();
    }

    private static String shown(double value) {
        return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
    }

    /// Reads a limit such as `slo<0.95` or `p99_e2e>2s`.
    ///
    /// @param origin   where it was given
    /// @param problems gets what is wrong
    static Optional<Limit> read(Origin origin, String text, List<Problem> problems) {
        Matcher parts = LIMIT.matcher(text);
        if (!parts.matches()) {
            problems.add(origin.problem("must be of the form METRIC<NUMBER or METRIC>NUMBER such as slo<0.95, but is '" + text + "'"));
            return Optional.empty();
        }
        List<String> names = Arrays.stream(Metric.values()).map(Metric::key).toList();
        String name = parts.group(1);
        if (!names.contains(name)) {
            problems.add(origin.sentence(
                    "unknown metric '" + name + "'; there are " + String.join(", ", names) + DidYouMean.hint(names, name)));
            return Optional.empty();
        }
        Metric metric = Metric.values()[names.indexOf(name)];
        String unit = parts.group(4) == null ? "" : parts.group(4);
        double number = Double.parseDouble(parts.group(3));
        Optional<Double> bound = bound(metric.unit, number, unit);
        if (bound.isEmpty()) {
            problems.add(origin.sentence("'" + text + "' must have " + expected(metric.unit)));
            return Optional.empty();
        }
        return Optional.of(new Limit(metric, parts.group(2).equals("<"), bound.get(), text));
    }

    private static Optional<Double> bound(Unit expected, double number, String unit) {
        return switch (expected) {
            case SHARE -> share(number, unit).filter(share -> share <= 1);
            case MILLIS -> unit.equals("%") ? Optional.empty() : Optional.of(unit.equals("s") ? number * 1000 : number);
            case RATE -> unit.isEmpty() ? Optional.of(number) : Optional.empty();
        };
    }

    private static Optional<Double> share(double number, String unit) {
        return switch (unit) {
            case "" -> Optional.of(number);
            case "%" -> Optional.of(number / 100);
            default -> Optional.empty();
        };
    }

    private static String expected(Unit unit) {
        return switch (unit) {
            case SHARE -> "a share from 0 to 1, or a percentage";
            case MILLIS -> "milliseconds, or a time such as 500ms or 2s";
            case RATE -> "requests per second, without a unit";
        };
    }
}
