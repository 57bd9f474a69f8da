package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.request.Check;

/// What a simulated embedding server is made of: a model on a device under a batching configuration.
///
/// @param name       stable, for example `bge-m3-a100`
/// @param model      the model's name
/// @param dimensions of one embedding, at least 1
/// @param batchTime  how long a batch takes
/// @param batching   what a batch may hold
/// @param apiNanos   tokenising and HTTP, before a text is queued
public record EmbeddingProfile(
        String name, String model, int dimensions, BatchTime batchTime, Batching batching, long apiNanos) {
    public EmbeddingProfile {
        Check.notBlank(name, "name");
        Check.notBlank(model, "model");
        Check.atLeast(1, dimensions, "dimensions");
        Check.notNegative(apiNanos, "api overhead");
    }

    /// How long one batch takes, in closed form: `base + per_token * max(0, n - free_tokens) + per_pair * Q`, with n the tokens computed and Q the
    /// squares of the lengths summed, both with padding where there is any.
    ///
    /// @param baseMillis     launching the kernels and reading the weights
    /// @param freeTokens     tokens computed while the weights are read anyway
    /// @param perTokenMicros each further token, in microseconds
    /// @param perPairNanos   one query-key pair of attention over all layers, in nanoseconds
    public record BatchTime(double baseMillis, double freeTokens, double perTokenMicros, double perPairNanos) {
        public BatchTime {
            Check.positive(baseMillis, "base");
            Check.notNegative(freeTokens, "free_tokens");
            Check.notNegative(perTokenMicros, "per_token");
            Check.notNegative(perPairNanos, "per_pair");
        }

        /// The time of one batch.
        ///
        /// @param tokens        n
        /// @param queryKeyPairs Q
        /// @return nanoseconds, at least 1
        public long nanos(long tokens, double queryKeyPairs) {
            double nanos = baseMillis * 1e6
                    + perTokenMicros * 1e3 * Math.max(0, tokens - freeTokens)
                    + perPairNanos * queryKeyPairs;
            return Math.max(1, Math.round(nanos));
        }
    }

    /// How texts are batched, by the names and rules of text-embeddings-inference.
    ///
    /// @param maxBatchTokens        the token budget of a batch, padding included; at least `maxModelLen`, so that each text fits alone
    /// @param maxBatchRequests      the most texts in a batch
    /// @param maxModelLen           the longest text, in tokens
    /// @param maxConcurrentRequests the most texts in the server; one more is refused with status 429
    /// @param padded                whether each text is padded to the longest of its batch; else they lie end to end
    /// @param maxWaitNanos          how long a text waits for others to fill its batch; 0 takes what is there
    public record Batching(
            int maxBatchTokens,
            int maxBatchRequests,
            int maxModelLen,
            int maxConcurrentRequests,
            boolean padded,
            long maxWaitNanos) {
        private static final int MAX_CLIENT_BATCH_SIZE = 32;

        public Batching {
            Check.atLeast(1, maxModelLen, "max_model_len");
            Check.atLeast(maxModelLen, maxBatchTokens, "max_batch_tokens");
            Check.atLeast(1, maxBatchRequests, "max_batch_requests");
            Check.atLeast(1, maxConcurrentRequests, "max_concurrent_requests");
            Check.notNegative(maxWaitNanos, "max wait");
        }

        /// The most texts a client should send by one call: TEI's `max_client_batch_size` by default, and never more than a batch takes.
        int maxTextsPerCall() {
            return Math.min(MAX_CLIENT_BATCH_SIZE, maxBatchRequests);
        }
    }

    /// The same with another batching configuration.
    public EmbeddingProfile with(Batching other) {
        return new EmbeddingProfile(name, model, dimensions, batchTime, other, apiNanos);
    }

    /// What a scheduler should expect before it has measured anything: the time of a batch as that of a prefill, and no decode steps.
    EngineSpeed expectedSpeed() {
        return new EngineSpeed(
                batchTime.baseMillis * 1e6 + apiNanos, batchTime.perTokenMicros * 1e3, batchTime.perPairNanos, 0, 0, 0);
    }
}
