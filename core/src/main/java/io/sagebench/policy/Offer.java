package io.sagebench.policy;

import io.sagebench.engine.EngineDescription;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Set;

/// What a workload and the engines offer to a policy, as far as it is known before the run.
///
/// @param types          the types of requests that will come
/// @param models         the models they ask for
/// @param tenants        how many tenants they come from; 0 when none is named
/// @param sharesPrefixes whether prompts begin alike
/// @param engines        who serves them; empty when unknown
public record Offer(
        Set<RequestType> types, Set<String> models, int tenants, boolean sharesPrefixes, List<EngineDescription> engines) {
    public Offer {
        types = Set.copyOf(types);
        models = Set.copyOf(models);
        engines = List.copyOf(engines);
    }
}
