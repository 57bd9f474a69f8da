package io.sagebench.engine;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// The models an engine answers for.
///
/// @param names in the order of the alphabet; at least one
public record ServedModels(Set<String> names) {
    /// The name that means "any model there is".
    public static final String ANY = "default";

    public ServedModels {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("an engine must serve at least one model");
        }
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /// One model.
    public static ServedModels of(String name) {
        return new ServedModels(Set.of(name));
    }

    /// Whether a request for `model` may go to this engine. A request for `default` may go to any.
    public boolean serves(String model) {
        return model.equals(ANY) || names.contains(model);
    }
}
