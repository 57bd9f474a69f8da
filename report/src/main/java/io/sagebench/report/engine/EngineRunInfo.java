package io.sagebench.report.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run of the engine benchmark was, for its files: what was measured, how, when and by which program.
///
/// @param facts by their stable names, in the order of the files: `run_id`, `backend`, `model`, `url`, `mode`, `workload`, `seed` and so on
/// @param notes what a person should know of the run as a whole
public record EngineRunInfo(Map<String, Object> facts, List<String> notes) {
    public EngineRunInfo {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        notes = List.copyOf(notes);
    }

    /// A fact as text; absent when it is not there.
    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name)).map(String::valueOf);
    }
}
