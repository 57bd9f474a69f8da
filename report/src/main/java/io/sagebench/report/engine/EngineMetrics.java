package io.sagebench.report.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The figures of one workload on one engine: flat, by the names of [EngineFields], both generations of them.
///
/// @param values      every field's number by its name; 0 for one that is unavailable, so that those who reckon with them need not look
/// @param unavailable names of the fields that could not be measured
/// @param sources     where figures come from that have several possible sources, such as `memory` and `tokens`
/// @param notes       what a person should know who reads the figures
public record EngineMetrics(
        Map<String, Double> values, List<String> unavailable, Map<String, String> sources, List<String> notes) {
    public EngineMetrics {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        unavailable = List.copyOf(unavailable);
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        notes = List.copyOf(notes);
    }

    /// The figure of that name, by whichever of its names it was written; absent when it is not there or could not be measured.
    public OptionalDouble value(String key) {
        for (String name : EngineFields.namesOf(key)) {
            Double value = values.get(name);
            if (value != null) {
                return unavailable.contains(name) ? OptionalDouble.empty() : OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }

    /// A figure that counts; 0 when it is not there.
    public long count(String key) {
        return Math.round(value(key).orElse(0));
    }
}
