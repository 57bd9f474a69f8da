package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Form;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads what was given as what it should be. A value that is wrong is added to the problems and read as the default, so that all the
/// others are looked at as well.
final class Values {
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private final Map<Setting, Given> given;
    private final List<Problem> problems;

    Values(Map<Setting, Given> given, List<Problem> problems) {
        this.given = given;
        this.problems = problems;
    }

    Optional<Given> given(Setting setting) {
        return Optional.ofNullable(given.get(setting));
    }

    /// Where a setting was given, if it was.
    Optional<Origin> origin(Setting setting) {
        return given(setting).map(Given::origin);
    }

    void problem(Origin origin, String message) {
        problems.add(origin.problem(message));
    }

    void sentence(Origin origin, String message) {
        problems.add(origin.sentence(message));
    }

    Optional<String> text(Setting setting) {
        return given(setting).flatMap(value -> text(value, "a text"));
    }

    /// Text, or a number taken as text, for names that look like numbers.
    Optional<String> text(Given value, String expected) {
        if (value instanceof Scalar(Origin origin, Form _, String text)) {
            if (!text.isBlank()) {
                return Optional.of(text);
            }
            problem(origin, "must be " + expected + ", but is empty");
            return Optional.empty();
        }
        return wrong(value, expected);
    }

    boolean flag(Setting setting, boolean otherwise) {
        return given(setting).flatMap(value -> {
            if (value instanceof Scalar(Origin _, Form form, String text)
                    && (form == Form.BOOLEAN || form == Form.UNTYPED)
                    && (text.equals("true") || text.equals("false"))) {
                return Optional.of(text.equals("true"));
            }
            return this.<Boolean>wrong(value, "true or false");
        }).orElse(otherwise);
    }

    int whole(Setting setting, int otherwise, int least) {
        return whole(setting, least).orElse(otherwise);
    }

    Optional<Integer> whole(Setting setting, int least) {
        return given(setting).flatMap(value -> whole(value, least));
    }

    int whole(Setting setting, int otherwise, int least, int most) {
        return given(setting)
                .flatMap(value -> whole(value, least, most))
                .orElse(otherwise);
    }

    Optional<Integer> whole(Given value, int least) {
        return exact(value, BigDecimal::intValueExact)
                .filter(number -> number >= least)
                .or(() -> wrong(value, "a whole number of at least " + least));
    }

    Optional<Integer> whole(Given value, int least, int most) {
        return exact(value, BigDecimal::intValueExact)
                .filter(number -> number >= least && number <= most)
                .or(() -> wrong(value, "a whole number from " + least + " to " + most));
    }

    Optional<Long> wholeLong(Given value, long least) {
        return exact(value, BigDecimal::longValueExact)
                .filter(number -> number >= least)
                .or(() -> wrong(value, "a whole number of at least " + least));
    }

    long any64BitNumber(Setting setting, long otherwise) {
        return given(setting).flatMap(value ->
                        exact(value, BigDecimal::longValueExact).or(() -> wrong(value, "a whole number of at most 64 bits")))
                .orElse(otherwise);
    }

    /// A finite number above 0.
    double aboveZero(Setting setting, double otherwise, String unit) {
        return given(setting).flatMap(value -> number(value, "above 0" + unit, number -> number > 0)).orElse(otherwise);
    }

    /// A number with a condition, which `expected` says, for example `above 0`.
    Optional<Double> number(Given value, String expected, DoublePredicate condition) {
        return numberAs(value, number(value).isEmpty() ? "a number " + expected : expected, condition);
    }

    /// A number with a condition, which `expected` says whole, for example `a share from 0 to 1`.
    Optional<Double> numberAs(Given value, String expected, DoublePredicate condition) {
        OptionalDouble number = number(value);
        return number.isPresent() && Double.isFinite(number.getAsDouble()) && condition.test(number.getAsDouble())
                ? Optional.of(number.getAsDouble())
                : wrong(value, expected);
    }

    /// A time that may be 0.
    Optional<Duration> durationOrNone(Setting setting) {
        boolean isNone = given(setting).flatMap(value -> exact(value, BigDecimal::signum)).filter(sign -> sign == 0).isPresent();
        return isNone ? Optional.of(Duration.ZERO) : duration(setting);
    }

    /// A duration above 0: a number of seconds, or text with a unit.
    Optional<Duration> duration(Setting setting) {
        return given(setting).flatMap(this::duration);
    }

    Optional<Duration> duration(Given value) {
        if (value instanceof Scalar(Origin _, Form form, String text) && form != Form.BOOLEAN) {
            Optional<BigDecimal> seconds = exact(value, Function.identity());
            Optional<Duration> duration = seconds.isPresent() ? DurationText.ofSeconds(seconds.get()) : DurationText.parse(text);
            if (duration.isPresent() && duration.get().isPositive()) {
                return duration;
            }
            boolean isNumber = number(value).isPresent() || form == Form.NUMBER;
            boolean isTooLong = seconds.isPresent() && seconds.get().signum() > 0 && duration.isEmpty();
            return wrong(value, isTooLong ? "at most 9223372036 seconds" : isNumber ? "above 0 seconds" : "a time " + DurationText.EXAMPLES);
        }
        return wrong(value, "a time in seconds");
    }

    /// The entries of a list, or the one value that stands in its place.
    Optional<List<Given>> list(Setting setting) {
        return given(setting).flatMap(value -> switch (value) {
            case Items(Origin _, List<Given> items) when !items.isEmpty() -> Optional.of(items);
            case Scalar one -> Optional.of(List.of(one));
            case Items _, Fields _ -> wrong(value, "a list");
        });
    }

    /// The two whole numbers of a range, in their order.
    Optional<List<Integer>> range(Setting setting) {
        return given(setting).flatMap(value -> {
            if (!(value instanceof Items(Origin origin, List<Given> items)) || items.size() != 2) {
                return this.<List<Integer>>wrong(value, "the shortest and the longest, such as [50, 500]");
            }
            var ends = new ArrayList<Integer>();
            items.forEach(item -> whole(item, 1).ifPresent(ends::add));
            if (ends.size() < 2) {
                return Optional.empty();
            }
            if (ends.getFirst() > ends.getLast()) {
                problem(origin, "must have the shortest first, but is " + ends.getFirst() + "-" + ends.getLast());
                return Optional.empty();
            }
            return Optional.of(ends);
        });
    }

    /// Names and their shares, which sum to 1.
    Optional<Map<String, Double>> shares(Setting setting) {
        return given(setting).flatMap(value -> {
            if (!(value instanceof Fields(Origin _, Map<String, Given> fields)) || fields.isEmpty()) {
                return this.<Map<String, Double>>wrong(value, "names with their shares, such as {a: 0.5, b: 0.5}");
            }
            return new Shares(this, value.origin(), fields).read();
        });
    }

    <T> Optional<T> wrong(Given value, String expected) {
        problem(value.origin(), "must be " + expected + ", but is " + value.shown());
        return Optional.empty();
    }

    private static <T> Optional<T> exact(Given value, Function<BigDecimal, T> conversion) {
        if (!(value instanceof Scalar(Origin _, Form form, String text)) || form == Form.TEXT || form == Form.BOOLEAN) {
            return Optional.empty();
        }
        try {
            return Optional.of(conversion.apply(new BigDecimal(text.replace("_", ""))));
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static OptionalDouble number(Given value) {
        if (value instanceof Scalar(Origin _, Form form, String text) && (form == Form.NUMBER || form == Form.UNTYPED)) {
            if (NOT_FINITE.matcher(text).matches()) {
                return OptionalDouble.of(Double.NaN);
            }
            Optional<Double> number = exact(value, BigDecimal::doubleValue);
            return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }
}
