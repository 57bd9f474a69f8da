package io.sagebench.live.engine;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.request.RequestType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What the operator says of a server. What is not said is asked of it.
///
/// @param kind          which program it is; absent to find out from its metrics
/// @param models        the names clients use, each with the name the server knows; empty for all it lists, under its own names
/// @param types         the types of requests it serves; empty for what servers of its kind serve
/// @param contextTokens the most tokens of a request, prompt and answer
/// @param kvTokens      tokens its KV cache holds
/// @param firstSpeed    the speed to assume before anything was measured
/// @param traits        what else is known
public record DeclaredServer(
        Optional<ServerKind> kind,
        Map<String, String> models,
        Set<RequestType> types,
        OptionalInt contextTokens,
        OptionalLong kvTokens,
        EngineSpeed firstSpeed,
        EngineTraits traits) {
    /// Nothing is said.
    public static final DeclaredServer NOTHING = new DeclaredServer(
            Optional.empty(),
            Map.of(),
            Set.of(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            EngineSpeed.UNKNOWN_SERVER,
            EngineTraits.UNKNOWN);

    public DeclaredServer {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        types = Set.copyOf(types);
    }

    /// The same for a server of that kind.
    public DeclaredServer of(ServerKind otherKind) {
        return new DeclaredServer(Optional.of(otherKind), models, types, contextTokens, kvTokens, firstSpeed, traits);
    }

    /// The same with other names of models.
    public DeclaredServer serving(Map<String, String> otherModels) {
        return new DeclaredServer(kind, otherModels, types, contextTokens, kvTokens, firstSpeed, traits);
    }

    /// The same for a server of those types of requests.
    public DeclaredServer answering(Set<RequestType> otherTypes) {
        return new DeclaredServer(kind, models, otherTypes, contextTokens, kvTokens, firstSpeed, traits);
    }

    /// The same with other traits.
    public DeclaredServer with(EngineTraits others) {
        return new DeclaredServer(kind, models, types, contextTokens, kvTokens, firstSpeed, others);
    }
}
