package io.sagebench.engine.sim;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.request.Check;

/// What a simulated engine is made of: a model on a GPU under a scheduler configuration.
///
/// @param name             stable, for example `llama3-8b-a100`
/// @param model            the model's name
/// @param stepTime         how long a step takes
/// @param scheduler        the limits of its scheduler
/// @param kvBlocks         blocks of KV cache it has, at least 1
/// @param apiNanos         tokenising and HTTP, once a request before it is queued
/// @param tokenDelayNanos  detokenising and sending, from the end of a step until its tokens are visible
public record EngineProfile(
        String name,
        String model,
        StepTime stepTime,
        Scheduler scheduler,
        int kvBlocks,
        long apiNanos,
        long tokenDelayNanos) {
    public EngineProfile {
        Check.notBlank(name, "name");
        Check.notBlank(model, "model");
        Check.atLeast(1, kvBlocks, "kvBlocks");
        Check.notNegative(apiNanos, "apiNanos");
        Check.notNegative(tokenDelayNanos, "tokenDelayNanos");
    }

    /// The limits of the scheduler, by vLLM's names.
    ///
    /// @param maxNumSeqs          the most sequences in a batch
    /// @param maxNumBatchedTokens the token budget of a step
    /// @param maxModelLen         the most prompt and output tokens of one request
    /// @param blockSize           tokens of one KV cache block
    public record Scheduler(int maxNumSeqs, int maxNumBatchedTokens, int maxModelLen, int blockSize) {
        public Scheduler {
            Check.atLeast(1, maxNumSeqs, "max_num_seqs");
            Check.atLeast(maxNumSeqs, maxNumBatchedTokens, "max_num_batched_tokens");
            Check.atLeast(2, maxModelLen, "max_model_len");
            Check.atLeast(1, blockSize, "block_size");
        }
    }

    /// Tokens of KV cache it has.
    public long kvTokens() {
        return (long) kvBlocks * scheduler.blockSize();
    }

    /// The same with another batch limit.
    public EngineProfile withMaxNumSeqs(int maxNumSeqs) {
        var limits = new Scheduler(
                maxNumSeqs,
                Math.max(maxNumSeqs, scheduler.maxNumBatchedTokens()),
                scheduler.maxModelLen(),
                scheduler.blockSize());
        return new EngineProfile(name, model, stepTime, limits, kvBlocks, apiNanos, tokenDelayNanos);
    }

    /// What a scheduler should expect of this engine before it has measured it: the step-time formula with the terms its estimates lack left
    /// out.
    public EngineSpeed expectedSpeed() {
        double base = (stepTime.t0() + stepTime.g0() + stepTime.h0() + stepTime.allReduce().millis(1)) * 1e6;
        double perToken = stepTime.g1Micros() * 1e3;
        return new EngineSpeed(
                base + stepTime.aPf() * 1e6 + apiNanos + tokenDelayNanos,
                perToken,
                stepTime.aQkNanos() / 2,
                base,
                stepTime.rho() * stepTime.aKvMicros() * 1e3,
                (stepTime.aSeq() + stepTime.h1()) * 1e6);
    }
}
