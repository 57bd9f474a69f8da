package io.sagebench.engine.latency;

import java.util.List;

/// What came of reading latencies.
public sealed interface LatencyReading {

    /// They are in order.
    record Read(Latencies latencies) implements LatencyReading {}

    /// They are not.
    ///
    /// @param problems all of them, at least one
    record Wrong(List<Problem> problems) implements LatencyReading {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /// One mistake.
    ///
    /// @param flag    the name of the flag
    /// @param message what is allowed and what was given
    record Problem(String flag, String message) {}
}
