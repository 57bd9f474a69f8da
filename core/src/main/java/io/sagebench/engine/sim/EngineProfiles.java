package io.sagebench.engine.sim;

import java.util.List;
import java.util.Optional;

/// The profiles that ship.
public final class EngineProfiles {
    private EngineProfiles() {}

    /// The profile of that name, if it ships.
    public static Optional<EngineProfile> named(String name) {
        return all().stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// All of them.
    public static List<EngineProfile> all() {
        return List.of();
    }
}
