package io.sagebench.benchmark.config;

import java.util.List;

/// What came of checking a configuration.
public sealed interface Checked {

    /// It is in order.
    record Valid(RunSettings settings) implements Checked {}

    /// It is not.
    ///
    /// @param problems all of them, at least one
    record Invalid(List<Problem> problems) implements Checked {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
