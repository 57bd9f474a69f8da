package io.sagebench.live.server.metrics;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.sim.MonitoredEngine;

/// What the metrics page says of an engine that never changes.
///
/// @param model     the model it serves; several are joined by commas
/// @param blockSize tokens of a KV block; 0 when it has none
/// @param blocks    KV blocks; 0 when unknown
public record EngineFacts(String model, int blockSize, long blocks) {

    /// What an engine tells.
    public static EngineFacts of(MonitoredEngine engine) {
        EngineDescription description = engine.description();
        int blockSize = engine.kvBlockSize().orElse(0);
        return new EngineFacts(
                String.join(",", description.models().names()),
                blockSize,
                blockSize == 0 ? 0 : description.kvTokens().orElse(0) / blockSize);
    }
}
