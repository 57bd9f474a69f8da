package io.sagebench.benchmark.config;

import io.sagebench.benchmark.BenchmarkConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything a benchmark needs to know, checked.
///
/// @param config     what to run
/// @param output     where its files go: a directory, or the name of the report
/// @param documented the same by the documented names, for the report
/// @param notes      what a person should know, for example of the trace that was read
/// @param limits     what must not be missed
/// @param visualize  whether a page, a text and pictures are made of the results
public record RunSettings(
        BenchmarkConfig config, Path output, Map<String, Object> documented, List<String> notes, List<Limit> limits, boolean visualize) {
    public RunSettings {
        documented = Collections.unmodifiableMap(new LinkedHashMap<>(documented));
        notes = List.copyOf(notes);
        limits = List.copyOf(limits);
    }
}
