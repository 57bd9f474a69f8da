package io.sagebench.benchmark.engine;

import io.sagebench.journal.RequestRecord;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineWindow;
import java.util.List;

/// One workload measured once.
///
/// @param workload    what was sent
/// @param repeat      which measurement of it this is, from 1
/// @param window      the facts: its requests in the order of the plan, and what was seen of the engine
/// @param metrics     its figures
/// @param interrupted whether it was stopped before all requests had been sent and answered
public record EngineRun(EngineWorkload workload, int repeat, EngineWindow window, EngineMetrics metrics, boolean interrupted) {

    /// Its measured requests.
    public List<RequestRecord> records() {
        return window.records();
    }
}
