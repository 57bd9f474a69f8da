package io.sagebench.engine;

import io.sagebench.request.Check;

/// The name of an engine instance within one control plane.
///
/// @param value not blank
public record EngineId(String value) {
    public EngineId {
        Check.notBlank(value, "engine id");
    }

    @Override
    public String toString() {
        return value;
    }
}
