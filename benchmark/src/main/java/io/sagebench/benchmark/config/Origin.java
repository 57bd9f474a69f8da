package io.sagebench.benchmark.config;

/// Where a value was given. The closer to the command, the more it counts: an option beats the environment, which beats a file.
public sealed interface Origin {

    /// An option of the command line.
    record Option(String name) implements Origin {}

    /// A field that a Java program gives by its documented name.
    record Field(String key) implements Origin {}

    /// An environment variable.
    record Environment(String variable) implements Origin {}

    /// A line of a configuration file.
    ///
    /// @param file its name as given
    /// @param line from 1
    /// @param key  the key on that line
    record FileLine(String file, int line, String key) implements Origin {}

    /// Nowhere: what a command does when nothing is said.
    record Usual(String key) implements Origin {}

    /// A mistake in the value given here.
    ///
    /// @param message goes on after the name of the setting, for example `must be above 0 requests/s, but is -3`
    default Problem problem(String message) {
        return switch (this) {
            case Option _, Field _, Environment _, Usual _ -> sentence(message);
            case FileLine(String _, int _, String key) -> sentence(key + " " + message);
        };
    }

    /// A mistake told by a sentence that needs no name of the setting, for example `unknown policy 'fito'`.
    default Problem sentence(String message) {
        return switch (this) {
            case Option(String name) -> new Problem(name, message);
            case Field(String key) -> new Problem(key, message);
            case Environment(String variable) -> new Problem(variable, message);
            case Usual(String key) -> new Problem(key, message);
            case FileLine(String file, int line, String _) -> new Problem(file + ", line " + line, message);
        };
    }

    /// Smaller beats larger.
    default int rank() {
        return switch (this) {
            case Option _, Field _ -> 0;
            case Environment _ -> 1;
            case FileLine _ -> 2;
            case Usual _ -> 3;
        };
    }
}
