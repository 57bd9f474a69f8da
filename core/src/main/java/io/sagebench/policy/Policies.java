package io.sagebench.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The policies there are, by name, in the order they are registered.
public final class Policies {
    private final Map<String, PolicyFactory> byName = new LinkedHashMap<>();

    private Policies(Iterable<PolicyFactory> factories) {
        for (PolicyFactory factory : factories) {
            PolicyFactory earlier = byName.putIfAbsent(factory.name(), factory);
            if (earlier != null) {
                throw new IllegalStateException("two policies are named " + factory.name() + ": "
                        + earlier.getClass().getName() + " and " + factory.getClass().getName());
            }
        }
    }

    /// Those on the class path.
    public static Policies installed() {
        return new Policies(ServiceLoader.load(PolicyFactory.class));
    }

    /// Those and no others.
    public static Policies of(PolicyFactory... factories) {
        return new Policies(List.of(factories));
    }

    /// The factory of that name, if there is one.
    public Optional<PolicyFactory> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All of them.
    public Collection<PolicyFactory> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
