package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;

/// What the texts of one batch amount to.
final class BatchLoad {
    private final Batching batching;
    private int texts;
    private int longest;
    private long sum;
    private double squares;

    BatchLoad(Batching batching) {
        this.batching = batching;
    }

    /// Adds a text of that many tokens, if the batch may hold it as well.
    ///
    /// @return whether it was added
    boolean add(int tokens) {
        int nextLongest = Math.max(longest, tokens);
        long cost = batching.padded() ? (long) nextLongest * (texts + 1) : sum + tokens;
        if (texts == batching.maxBatchRequests() || cost > batching.maxBatchTokens()) {
            return false;
        }
        texts++;
        longest = nextLongest;
        sum += tokens;
        squares += (double) tokens * tokens;
        return true;
    }

    /// Whether no text at all could be added.
    boolean isFull() {
        return texts == batching.maxBatchRequests() || tokens() >= batching.maxBatchTokens();
    }

    /// Tokens it computes, padding included.
    long tokens() {
        return batching.padded() ? (long) longest * texts : sum;
    }

    /// Query-key pairs of attention, padding included: every token of a text looks at all of them.
    double queryKeyPairs() {
        return batching.padded() ? (double) longest * longest * texts : squares;
    }
}
