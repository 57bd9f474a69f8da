package io.sagebench.benchmark.config;

import io.sagebench.benchmark.config.Given.Fields;
import io.sagebench.benchmark.config.Given.Items;
import io.sagebench.benchmark.config.Given.Scalar;
import io.sagebench.time.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads flags by their names. A value that is wrong is added to the problems and read as not given, so that all the others are looked at as well.
final class FlagValues {
    private final Map<String, Given> given;
    private final List<Problem> problems;

    FlagValues(Map<String, Given> given, List<Problem> problems) {
        this.given = given;
        this.problems = problems;
    }

    boolean has(String flag) {
        return given.containsKey(flag);
    }

    /// A mistake in a flag that was given, told so that the name of the flag goes before it.
    void problem(String flag, String message) {
        problems.add(origin(flag).problem(message));
    }

    /// A mistake told by a whole sentence.
    void sentence(String flag, String message) {
        problems.add(origin(flag).sentence(message));
    }

    private Origin origin(String flag) {
        Given value = given.get(flag);
        return value == null ? new Origin.Option("--" + flag) : value.origin();
    }

    Optional<String> text(String flag) {
        return Optional.ofNullable(given.get(flag)).flatMap(value -> switch (value) {
            case Scalar(Origin _, Given.Form _, String text) -> Optional.of(text.strip());
            case Items _, Fields _ -> wrong(flag, "a single value");
        });
    }

    /// The entries of a list, or of a text in which blanks or commas separate them.
    List<String> texts(String flag) {
        return switch (given.get(flag)) {
            case null -> List.of();
            case Scalar(Origin _, Given.Form _, String text) -> split(text);
            case Items(Origin _, List<Given> items) -> {
                var all = new ArrayList<String>();
                for (Given item : items) {
                    if (item instanceof Scalar(Origin _, Given.Form _, String text)) {
                        all.addAll(split(text));
                    } else {
                        wrong(flag, "a list of texts");
                    }
                }
                yield all;
            }
            case Fields _ -> this.<List<String>>wrong(flag, "a list of texts").orElse(List.of());
        };
    }

    private static List<String> split(String text) {
        return List.of(text.strip().split("[\\s,]+")).stream().filter(part -> !part.isEmpty()).toList();
    }

    /// The entries of a list as they stand, or the one text in its place.
    List<String> lines(String flag) {
        return given.get(flag) instanceof Items(Origin _, List<Given> items)
                ? items.stream().map(item -> item instanceof Scalar one ? one.text() : "").toList()
                : text(flag).map(List::of).orElse(List.of());
    }

    Optional<Integer> whole(String flag, int least, int most) {
        return text(flag).flatMap(text -> {
            if (text.matches("\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            }
            return this.<Integer>wrong(flag, "a whole number " + (most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most));
        });
    }

    Optional<Integer> whole(String flag, int least) {
        return whole(flag, least, Integer.MAX_VALUE);
    }

    Optional<Long> any64BitNumber(String flag) {
        return text(flag).flatMap(text -> {
            try {
                return Optional.of(Long.parseLong(text));
            } catch (NumberFormatException _) {
                return this.<Long>wrong(flag, "a whole number of at most 64 bits");
            }
        });
    }

    Optional<Double> number(String flag, double least, double most) {
        return text(flag).flatMap(text -> {
            if (text.matches("\\d{0,9}\\.?\\d{1,9}")) {
                double number = Double.parseDouble(text);
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            }
            return this.<Double>wrong(flag, "a number from " + plain(least) + " to " + plain(most));
        });
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    Optional<Boolean> flag(String flag) {
        return text(flag).flatMap(text -> text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : this.<Boolean>wrong(flag, "true or false"));
    }

    /// A time with a unit, or a number of milliseconds.
    Optional<Duration> time(String flag) {
        return text(flag).flatMap(text -> {
            OptionalLong nanos = TimeText.nanos(text.matches("\\d{1,9}(\\.\\d+)?") ? text + "ms" : text);
            return nanos.isPresent()
                    ? Optional.of(Duration.ofNanos(nanos.getAsLong()))
                    : this.<Duration>wrong(flag, "a time " + TimeText.EXAMPLES + ", or a number of milliseconds");
        });
    }

    <T> Optional<T> wrong(String flag, String expected) {
        Given value = given.get(flag);
        problem(flag, "must be " + expected + (value == null ? "" : ", but is " + value.shown()));
        return Optional.empty();
    }
}
