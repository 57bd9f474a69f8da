package io.sagebench.benchmark;

import io.sagebench.request.RequestType;
import io.sagebench.workload.WorkloadSpec;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// The models that a load asks for, in the order of the alphabet.
///
/// @param generating for prompts
/// @param embedding  for texts to embed
public record AskedModels(Set<String> generating, Set<String> embedding) {
    public AskedModels {
        generating = Collections.unmodifiableSet(new TreeSet<>(generating));
        embedding = Collections.unmodifiableSet(new TreeSet<>(embedding));
    }

    /// Those of a workload.
    public static AskedModels of(WorkloadSpec workload) {
        return new AskedModels(
                workload.models(RequestType::isGeneration), workload.models(type -> !type.isGeneration()));
    }

    /// Whether texts are embedded.
    public boolean embeds() {
        return !embedding.isEmpty();
    }

    /// Whether prompts are answered.
    public boolean generates() {
        return !generating.isEmpty();
    }
}
