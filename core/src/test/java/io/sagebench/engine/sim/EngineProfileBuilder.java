package io.sagebench.engine.sim;

import java.util.Optional;

/// A profile for tests whose times can be worked out in the head: a step takes 1 ms and 10 us for each token, tokenising takes 5 ms, and a
/// token is visible 50 us after its step. Everything else costs nothing unless it is set.
public final class EngineProfileBuilder {
    private double scale = 1;
    private double contextMicros;
    private double chunkMillis;
    private double pairNanos;
    private double samplingMillis;
    private int maxNumSeqs = 8;
    private int maxNumBatchedTokens = 2048;
    private int maxModelLen = 4096;
    private int kvBlocks = 1000;
    private EngineProfile.Order order = EngineProfile.Order.FCFS;
    private boolean prefixCaching = true;
    private boolean reserveFullSequence = true;
    private int longPrefillThreshold;
    private Optional<EngineProfile.Speculation> speculation = Optional.empty();
    private double noiseSigma;
    private long apiNanos = 5_000_000;
    private long tokenDelayNanos = 50_000;

    private EngineProfileBuilder() {}

    /// The profile as described.
    public static EngineProfileBuilder aProfile() {
        return new EngineProfileBuilder();
    }

    /// Everything takes so many times as long.
    public EngineProfileBuilder scale(double times) {
        scale = times;
        return this;
    }

    /// Reading one token of context.
    public EngineProfileBuilder contextMicros(double micros) {
        contextMicros = micros;
        return this;
    }

    /// A prefill chunk, and one query-key pair in it.
    public EngineProfileBuilder prefillAttention(double eachChunkMillis, double eachPairNanos) {
        chunkMillis = eachChunkMillis;
        pairNanos = eachPairNanos;
        return this;
    }

    /// Sampling one token.
    public EngineProfileBuilder samplingMillis(double millis) {
        samplingMillis = millis;
        return this;
    }

    /// The most sequences in a batch.
    public EngineProfileBuilder maxNumSeqs(int most) {
        maxNumSeqs = most;
        return this;
    }

    /// The token budget of a step.
    public EngineProfileBuilder budget(int tokens) {
        maxNumBatchedTokens = tokens;
        return this;
    }

    /// The longest request.
    public EngineProfileBuilder maxModelLen(int tokens) {
        maxModelLen = tokens;
        return this;
    }

    /// Blocks of 16 tokens of KV cache.
    public EngineProfileBuilder kvBlocks(int blocks) {
        kvBlocks = blocks;
        return this;
    }

    /// Waiting and yielding by priority.
    public EngineProfileBuilder byPriority() {
        order = EngineProfile.Order.PRIORITY;
        return this;
    }

    /// No reuse of common prefixes.
    public EngineProfileBuilder withoutPrefixCache() {
        prefixCaching = false;
        return this;
    }

    /// Admission as soon as the first chunk fits.
    public EngineProfileBuilder admittingByFirstChunk() {
        reserveFullSequence = false;
        return this;
    }

    /// The most prompt tokens of one request in a step.
    public EngineProfileBuilder longPrefillThreshold(int tokens) {
        longPrefillThreshold = tokens;
        return this;
    }

    /// Speculative decoding.
    public EngineProfileBuilder speculating(int draftTokens, double acceptance) {
        speculation = Optional.of(new EngineProfile.Speculation(draftTokens, acceptance));
        return this;
    }

    /// Noise on each step.
    public EngineProfileBuilder noise(double sigma) {
        noiseSigma = sigma;
        return this;
    }

    /// No time outside the steps.
    public EngineProfileBuilder stepsOnly() {
        apiNanos = 0;
        tokenDelayNanos = 0;
        return this;
    }

    /// The profile.
    public EngineProfile build() {
        var stepTime = new StepTime(
                scale,
                0,
                0,
                10 * scale,
                0,
                contextMicros * scale,
                1,
                chunkMillis * scale,
                pairNanos * scale,
                0,
                samplingMillis * scale,
                StepTime.AllReduce.NONE);
        return new EngineProfile(
                "test",
                "test-model",
                stepTime,
                new EngineProfile.Scheduler(
                        maxNumSeqs,
                        maxNumBatchedTokens,
                        maxModelLen,
                        16,
                        order,
                        prefixCaching,
                        reserveFullSequence,
                        longPrefillThreshold),
                kvBlocks,
                new EngineProfile.Overhead(Math.round(apiNanos * scale), Math.round(tokenDelayNanos * scale)),
                speculation,
                noiseSigma);
    }
}
