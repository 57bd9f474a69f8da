package io.sagebench.engine.fault;

import java.util.List;

/// What came of reading a plan of faults.
public sealed interface FaultReading {

    /// It is in order.
    record Read(FaultPlan plan) implements FaultReading {}

    /// It is not.
    ///
    /// @param problems all of them, at least one; each says what is allowed
    record Wrong(List<String> problems) implements FaultReading {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }
}
