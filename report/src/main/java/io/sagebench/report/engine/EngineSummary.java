package io.sagebench.report.engine;

import io.sagebench.report.engine.EngineField.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run of the engine benchmark: the figures of each of its workloads.
///
/// @param workloads by name, in the order in which they ran; over all repeats together
/// @param repeats   the figures of each measurement of a workload, by its name; empty when each was measured once
/// @param run       what was measured, and how; absent in files of other programs
public record EngineSummary(
        Map<String, EngineMetrics> workloads, Map<String, List<EngineMetrics>> repeats, Optional<EngineRunInfo> run) {
    public EngineSummary {
        workloads = Collections.unmodifiableMap(new LinkedHashMap<>(workloads));
        repeats = Collections.unmodifiableMap(new LinkedHashMap<>(repeats));
    }

    /// Requests of all workloads together.
    public long totalRequests() {
        return sum("total_requests");
    }

    /// Those whose answer was complete.
    public long successfulRequests() {
        return sum("successful_requests");
    }

    /// All others.
    public long failedRequests() {
        return sum("failed_requests");
    }

    /// The measurements of a workload, one by one: its repeats, or the single one that there was.
    public List<EngineMetrics> measurements(String workload) {
        List<EngineMetrics> several = repeats.getOrDefault(workload, List.of());
        EngineMetrics all = workloads.get(workload);
        return several.isEmpty() && all != null ? List.of(all) : several;
    }

    private long sum(String key) {
        assert EngineFields.named(key).filter(field -> field.unit() == Unit.COUNT).isPresent() : key;
        return workloads.values().stream().mapToLong(metrics -> metrics.count(key)).sum();
    }
}
