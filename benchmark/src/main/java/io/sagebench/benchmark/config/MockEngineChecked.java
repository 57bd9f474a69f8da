package io.sagebench.benchmark.config;

import io.sagebench.benchmark.Serving.MockEngineConfig;
import java.util.List;

/// What came of checking the flags of a mock engine.
public sealed interface MockEngineChecked {

    /// They are in order.
    ///
    /// @param notes what a person should know, for example which flags do nothing
    record Valid(MockEngineConfig config, List<String> notes) implements MockEngineChecked {
        public Valid {
            notes = List.copyOf(notes);
        }
    }

    /// They are not.
    ///
    /// @param problems all of them, at least one
    record Invalid(List<Problem> problems) implements MockEngineChecked {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
