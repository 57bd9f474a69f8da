package io.sagebench.benchmark.config;

/// One mistake in what a user wrote.
///
/// @param where   the option, the environment variable, or the file and its line
/// @param message what is allowed and what was given
public record Problem(String where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
