package io.sagebench.benchmark.engine;

import io.sagebench.request.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A run of the engine benchmark, checked.
///
/// @param choice     which engine
/// @param selection  how the workloads were chosen, for reports
/// @param workloads  at least one, each name once
/// @param options    how they are sent
/// @param repeats    how often each is measured, in interleaved order; at least 1
/// @param source     where prompts come from
/// @param output     where the files go
/// @param outputJson a further file with the figures of all workloads by name
/// @param force      whether files of an earlier run are replaced rather than moved away
/// @param notes      what a person should know before it begins
public record EngineSettings(
        EngineChoice choice,
        String selection,
        List<EngineWorkload> workloads,
        EngineOptions options,
        int repeats,
        PromptSource source,
        Path output,
        Optional<Path> outputJson,
        boolean force,
        List<String> notes) {
    public EngineSettings {
        workloads = List.copyOf(workloads);
        Check.atLeast(1, workloads.size(), "the number of workloads");
        Check.atLeast(1, repeats, "repeats");
        notes = List.copyOf(notes);
    }
}
