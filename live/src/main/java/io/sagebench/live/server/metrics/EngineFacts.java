package io.sagebench.live.server.metrics;

import io.sagebench.engine.EngineDescription;

/// What the metrics page says of an engine that never changes.
///
/// @param model     the model it serves; several are joined by commas
/// @param blockSize tokens of a KV block
/// @param blocks    KV blocks; 0 when unknown
public record EngineFacts(String model, int blockSize, long blocks) {
    private static final int BLOCK_SIZE = 16; // vLLM's default; the product with the count of blocks is what matters

    /// What a description tells.
    public static EngineFacts of(EngineDescription engine) {
        return new EngineFacts(
                String.join(",", engine.models().names()), BLOCK_SIZE, engine.kvTokens().orElse(0) / BLOCK_SIZE);
    }
}
