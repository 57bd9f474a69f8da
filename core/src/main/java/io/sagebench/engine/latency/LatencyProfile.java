package io.sagebench.engine.latency;

import io.sagebench.request.Check;
import java.util.Optional;

/// What an engine with given latencies is made of, by the names of llm-d-inference-sim.
///
/// @param maxNumSeqs  the most requests it runs at once
/// @param maxWaiting  the most requests that wait for a slot; further ones fail with status 429
/// @param maxModelLen the most prompt and output tokens of one request
/// @param cache       its prefix cache; absent when it has none
public record LatencyProfile(int maxNumSeqs, int maxWaiting, int maxModelLen, Optional<Cache> cache) {
    /// As llm-d-inference-sim has it by default.
    public static final LatencyProfile DEFAULT = new LatencyProfile(5, 1000, 1024, Optional.empty());

    public LatencyProfile {
        Check.atLeast(1, maxNumSeqs, "max-num-seqs");
        Check.notNegative(maxWaiting, "max-waiting-queue-length");
        Check.atLeast(2, maxModelLen, "max-model-len");
    }

    /// A prefix cache.
    ///
    /// @param blocks    how many it has
    /// @param blockSize tokens of each
    public record Cache(int blocks, int blockSize) {
        /// As llm-d-inference-sim has it by default.
        public static final Cache DEFAULT = new Cache(1024, 16);

        public Cache {
            Check.atLeast(1, blocks, "kv-cache-size");
            Check.atLeast(1, blockSize, "block-size");
        }
    }
}
