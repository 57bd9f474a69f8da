package io.sagebench.engine.sim;

import io.sagebench.engine.EngineSpeed;
import io.sagebench.request.Check;
import java.util.Optional;

/// What a simulated engine is made of: a model on a GPU under a scheduler configuration.
///
/// @param name        stable, for example `llama3-8b-a100`
/// @param model       the model's name
/// @param stepTime    how long a step takes
/// @param scheduler   the limits and rules of its scheduler
/// @param kvBlocks    blocks of KV cache it has (`num_gpu_blocks`), at least 1
/// @param overhead    what a request takes outside the steps
/// @param speculation how it guesses tokens ahead, when it does
/// @param noiseSigma  spread of the log-normal noise on each step's time; 0 for none
public record EngineProfile(
        String name,
        String model,
        StepTime stepTime,
        Scheduler scheduler,
        int kvBlocks,
        Overhead overhead,
        Optional<Speculation> speculation,
        double noiseSigma) {
    /// The largest spread of noise that still means something.
    public static final double MAX_NOISE_SIGMA = 1;

    public EngineProfile {
        Check.notBlank(name, "name");
        Check.notBlank(model, "model");
        Check.atLeast(1, kvBlocks, "num_gpu_blocks");
        Check.notNegative(noiseSigma, "noise_sigma");
        if (noiseSigma > MAX_NOISE_SIGMA) {
            throw new IllegalArgumentException("noise_sigma must be at most " + MAX_NOISE_SIGMA + ", but was " + noiseSigma);
        }
    }

    /// Without speculation and noise.
    public EngineProfile(
            String name, String model, StepTime stepTime, Scheduler scheduler, int kvBlocks, Overhead overhead) {
        this(name, model, stepTime, scheduler, kvBlocks, overhead, Optional.empty(), 0);
    }

    /// In which order waiting requests are admitted, and which running one yields when the KV cache is full.
    public enum Order {
        /// First come, first served; the one admitted last yields.
        FCFS,
        /// The most urgent first, then by arrival; the least urgent and latest yields.
        PRIORITY
    }

    /// The limits and rules of the scheduler, by vLLM's names.
    ///
    /// @param maxNumSeqs                the most sequences in a batch
    /// @param maxNumBatchedTokens       the token budget of a step
    /// @param maxModelLen               the most prompt and output tokens of one request
    /// @param blockSize                 tokens of one KV cache block
    /// @param order                     of admission
    /// @param prefixCaching             whether the KV cache of common prefixes is reused (`enable_prefix_caching`)
    /// @param reserveFullSequence       whether a request is admitted only when its whole sequence fits, not just its first chunk
    ///                                  (`scheduler_reserve_full_isl`, from vLLM 0.19)
    /// @param longPrefillTokenThreshold the most prompt tokens of one request in a step; 0 for no such limit
    public record Scheduler(
            int maxNumSeqs,
            int maxNumBatchedTokens,
            int maxModelLen,
            int blockSize,
            Order order,
            boolean prefixCaching,
            boolean reserveFullSequence,
            int longPrefillTokenThreshold) {
        public Scheduler {
            Check.atLeast(1, maxNumSeqs, "max_num_seqs");
            Check.atLeast(maxNumSeqs, maxNumBatchedTokens, "max_num_batched_tokens");
            Check.atLeast(2, maxModelLen, "max_model_len");
            Check.atLeast(1, blockSize, "block_size");
            Check.notNegative(longPrefillTokenThreshold, "long_prefill_token_threshold");
        }

        /// The rules as vLLM has them by default: FCFS, prefix caching, whole sequences, no limit on long prompts.
        public Scheduler(int maxNumSeqs, int maxNumBatchedTokens, int maxModelLen, int blockSize) {
            this(maxNumSeqs, maxNumBatchedTokens, maxModelLen, blockSize, Order.FCFS, true, true, 0);
        }
    }

    /// What a request takes outside the steps of the engine.
    ///
    /// @param apiNanos        tokenising and HTTP, once before it is queued
    /// @param tokenDelayNanos detokenising and sending, from the end of a step until its tokens are visible
    public record Overhead(long apiNanos, long tokenDelayNanos) {
        /// None: times as the engine's scheduler sees them.
        public static final Overhead NONE = new Overhead(0, 0);

        public Overhead {
            Check.notNegative(apiNanos, "api overhead");
            Check.notNegative(tokenDelayNanos, "token delay");
        }
    }

    /// Speculative decoding: each step guesses some tokens of each decoding sequence ahead, and keeps those before the first wrong one.
    ///
    /// @param draftTokens guessed ahead of each sequence in a step, at least 1
    /// @param acceptance  the chance that a guess is right when those before it were, from 0 to 1
    public record Speculation(int draftTokens, double acceptance) {
        public Speculation {
            Check.atLeast(1, draftTokens, "num_speculative_tokens");
            if (!(acceptance >= 0 && acceptance <= 1)) {
                throw new IllegalArgumentException("acceptance must be from 0 to 1, but was " + acceptance);
            }
        }
    }

    /// Tokens of KV cache it has.
    public long kvTokens() {
        return (long) kvBlocks * scheduler.blockSize();
    }

    /// The same with another batch limit.
    public EngineProfile withMaxNumSeqs(int maxNumSeqs) {
        return with(new Scheduler(
                maxNumSeqs,
                Math.max(maxNumSeqs, scheduler.maxNumBatchedTokens()),
                scheduler.maxModelLen(),
                scheduler.blockSize(),
                scheduler.order(),
                scheduler.prefixCaching(),
                scheduler.reserveFullSequence(),
                scheduler.longPrefillTokenThreshold()));
    }

    /// The same under another scheduler.
    public EngineProfile with(Scheduler other) {
        return new EngineProfile(name, model, stepTime, other, kvBlocks, overhead, speculation, noiseSigma);
    }

    /// The same with another size of KV cache.
    public EngineProfile withKvBlocks(int blocks) {
        return new EngineProfile(name, model, stepTime, scheduler, blocks, overhead, speculation, noiseSigma);
    }

    /// The same with other times outside the steps.
    public EngineProfile with(Overhead other) {
        return new EngineProfile(name, model, stepTime, scheduler, kvBlocks, other, speculation, noiseSigma);
    }

    /// What a scheduler should expect of this engine before it has measured it: the step-time formula with the terms its estimates lack left
    /// out.
    public EngineSpeed expectedSpeed() {
        double base = (stepTime.t0() + stepTime.g0() + stepTime.h0() + stepTime.allReduce().millis(1)) * 1e6;
        double perToken = stepTime.g1Micros() * 1e3;
        return new EngineSpeed(
                base + stepTime.aPf() * 1e6 + overhead.apiNanos() + overhead.tokenDelayNanos(),
                perToken,
                stepTime.aQkNanos() / 2,
                base,
                stepTime.rho() * stepTime.aKvMicros() * 1e3,
                (stepTime.aSeq() + stepTime.h1()) * 1e6);
    }
}
