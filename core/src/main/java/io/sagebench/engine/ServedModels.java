package io.sagebench.engine;

import io.sagebench.request.RequestType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/// The models an engine answers for, and what kinds of answers it gives.
///
/// @param names in the order of the alphabet; at least one
/// @param types at least one
public record ServedModels(Set<String> names, Set<RequestType> types) {
    /// The name that means "any model there is".
    public static final String ANY = "default";

    public ServedModels {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("an engine must serve at least one model");
        }
        if (types.isEmpty()) {
            throw new IllegalArgumentException("an engine must serve at least one type of request");
        }
        names = Collections.unmodifiableSet(new TreeSet<>(names));
        types = Collections.unmodifiableSet(EnumSet.copyOf(types));
    }

    /// Language models, for chat and completions.
    public ServedModels(Set<String> names) {
        this(names, EnumSet.of(RequestType.LLM_CHAT, RequestType.LLM_GENERATE));
    }

    /// One language model, for chat and completions.
    public static ServedModels of(String name) {
        return new ServedModels(Set.of(name));
    }

    /// The same names for embeddings only.
    public ServedModels forEmbeddings() {
        return new ServedModels(names, EnumSet.of(RequestType.EMBEDDING));
    }

    /// Whether it gives no other answers than embeddings.
    public boolean onlyEmbeds() {
        return types.size() == 1 && types.contains(RequestType.EMBEDDING);
    }

    /// Whether it gives embeddings and other answers.
    public boolean isMixed() {
        return types.size() > 1 && types.contains(RequestType.EMBEDDING);
    }

    /// Whether a request for `model` may go to this engine, whatever its type. A request for `default` may go to any.
    public boolean serves(String model) {
        return model.equals(ANY) || names.contains(model);
    }

    /// Whether a request of that type for `model` may go to this engine. A request for `default` may go to any that gives this type of answer.
    public boolean serves(String model, RequestType type) {
        return types.contains(type) && serves(model);
    }
}
