package io.sagebench.benchmark;

import io.sagebench.engine.EngineDescription;
import io.sagebench.random.Seed;
import io.sagebench.report.TargetReport;
import java.util.List;

/// A target that was found and can be measured.
interface Session extends AutoCloseable {

    /// What is measured.
    TargetReport target();

    /// What a person should know of it.
    default List<String> notes() {
        return List.of();
    }

    /// The engines behind it, as far as they are known; empty when they are not.
    List<EngineDescription> engines();

    /// Puts a policy in force, with the parameters that the configuration gives it.
    ///
    /// @param seed for a target that is made anew for each measurement
    Activation activate(String policy, Seed seed);

    @Override
    void close();

    /// What became of the wish for a policy.
    sealed interface Activation {
        /// It is in force.
        record Ready(Stand stand) implements Activation {}

        /// It is not, and the benchmark cannot go on.
        record Refused(String message) implements Activation {}
    }

    /// What became of the search for a target.
    sealed interface Opening {
        /// It is there.
        record Opened(Session session) implements Opening {}

        /// It is not.
        record Failed(String message) implements Opening {}
    }
}
