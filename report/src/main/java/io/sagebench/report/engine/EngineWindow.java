package io.sagebench.report.engine;

import io.sagebench.journal.RequestRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The facts of one measurement of a workload.
///
/// @param records      of the measured requests
/// @param beganAtNanos when the first was to be sent, on the run's timeline
/// @param startedAt    the same moment by this machine's clock
/// @param use          what was seen of the engine meanwhile
public record EngineWindow(List<RequestRecord> records, long beganAtNanos, Instant startedAt, Use use) {
    public EngineWindow {
        records = List.copyOf(records);
    }

    /// What was seen of an engine beside its answers. What is absent could not be measured.
    ///
    /// @param memoryMegabytes samples of its memory
    /// @param kvTokens        most tokens in its KV cache
    /// @param kvBytes         the same in bytes
    /// @param prefixHitRate   share of the prompt tokens that came from its prefix cache
    /// @param evictions       running requests that had to give up their place in the KV cache
    /// @param evictMillis     time spent on that
    /// @param acceptRate      share of guessed tokens that were right
    /// @param sources         where these come from: `memory`, `kv_cache`
    public record Use(
            List<Double> memoryMegabytes,
            OptionalDouble kvTokens,
            OptionalDouble kvBytes,
            OptionalDouble prefixHitRate,
            OptionalDouble evictions,
            OptionalDouble evictMillis,
            OptionalDouble acceptRate,
            Map<String, String> sources) {
        /// Nothing was seen.
        public static final Use UNKNOWN = new Use(
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of());

        public Use {
            memoryMegabytes = List.copyOf(memoryMegabytes);
            sources = Collections.unmodifiableMap(new TreeMap<>(sources)); // files must not depend on who gave them first
        }
    }
}
