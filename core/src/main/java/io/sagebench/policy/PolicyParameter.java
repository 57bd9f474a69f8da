package io.sagebench.policy;

import java.util.List;
import java.util.Optional;

/// One parameter of a policy.
///
/// @param name         stable, for example `aging_ms`
/// @param meaning      for people, with the unit
/// @param defaultValue as text
/// @param kind         what values it takes
public record PolicyParameter(String name, String meaning, String defaultValue, Kind kind) {

    /// What values a parameter takes.
    public sealed interface Kind {
        /// A number of at least `least` and at most `most`.
        record Numeric(double least, double most) implements Kind {}

        /// One of some words.
        record OneOf(List<String> words) implements Kind {
            public OneOf {
                words = List.copyOf(words);
            }
        }
    }

    /// What is wrong with a value, if anything: a sentence that names the parameter and what is allowed.
    public Optional<String> problemWith(String value) {
        return switch (kind) {
            case Kind.OneOf(List<String> words) -> words.contains(value)
                    ? Optional.empty()
                    : Optional.of(name + " must be one of " + String.join(", ", words) + ", but is '" + value + "'");
            case Kind.Numeric(double least, double most) -> {
                double number;
                try {
                    number = Double.parseDouble(value);
                } catch (NumberFormatException notANumber) {
                    yield Optional.of(name + " must be a number, but is '" + value + "'");
                }
                yield number >= least && number <= most
                        ? Optional.empty()
                        : Optional.of(name + " must be from " + plain(least) + " to " + plain(most) + ", but is " + value);
            }
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
