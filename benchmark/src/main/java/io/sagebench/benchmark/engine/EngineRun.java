package io.sagebench.benchmark.engine;

import io.sagebench.journal.RequestRecord;
import io.sagebench.report.engine.EngineMetrics;
import java.time.Instant;
import java.util.List;

/// One workload measured once.
///
/// @param workload    what was sent
/// @param repeat      which measurement of it this is, from 1
/// @param records     of its measured requests, in the order of the plan
/// @param beganAtNanos when the first request was to be sent, on the run's timeline
/// @param startedAt   the same moment by this machine's clock
/// @param metrics     its figures
/// @param interrupted whether it was stopped before all requests had been sent and answered
public record EngineRun(
        EngineWorkload workload,
        int repeat,
        List<RequestRecord> records,
        long beganAtNanos,
        Instant startedAt,
        EngineMetrics metrics,
        boolean interrupted) {
    public EngineRun {
        records = List.copyOf(records);
    }
}
