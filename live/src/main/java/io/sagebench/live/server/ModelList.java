package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The body of `GET /v1/models`, with vLLM's `max_model_len` where it is known.
final class ModelList {
    private ModelList() {}

    /// All models that the engines serve, each once, in the order of the alphabet.
    static Reply of(Collection<EngineDescription> engines) {
        var contextByModel = new TreeMap<String, OptionalInt>();
        for (EngineDescription engine : engines) {
            for (String model : engine.models().names()) {
                contextByModel.merge(model, engine.contextTokens(), ModelList::longer);
            }
        }
        return Reply.ok(Map.of(
                "object",
                "list",
                "data",
                contextByModel.entrySet().stream()
                        .map(entry -> entry(entry.getKey(), entry.getValue()))
                        .toList()));
    }

    private static OptionalInt longer(OptionalInt one, OptionalInt other) {
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Math.max(one.getAsInt(), other.getAsInt()))
                : OptionalInt.empty();
    }

    private static Map<String, Object> entry(String model, OptionalInt contextTokens) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", model);
        entry.put("object", "model");
        entry.put("created", 0);
        entry.put("owned_by", "sagebench");
        contextTokens.ifPresent(tokens -> entry.put("max_model_len", tokens));
        return entry;
    }
}
