package io.sagebench.engine.sim.calibration;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfile.Overhead;
import io.sagebench.engine.sim.EngineProfile.Scheduler;
import io.sagebench.engine.sim.StepTime;
import java.math.BigDecimal;
import java.math.MathContext;

/// What a calibration may change in a profile. All are above 0 and are fitted by their logarithms.
public enum Parameter {
    /// `t0`: what a step costs outside the model, in milliseconds.
    STEP("t0_ms", 0.02, 100, 0.03),
    /// A factor on the linear layers, `g0` and `g1`.
    GEMM("gemm", 0.2, 5, 0.01),
    /// A factor on decode attention, `a_kv`.
    KV_ATTENTION("kv_attention", 0.1, 10, 0.03),
    /// A factor on prefill attention, `a_qk`.
    PREFILL_ATTENTION("prefill_attention", 0.05, 20, 0.05),
    /// What a request takes before it is queued, in milliseconds.
    API("api_ms", 0.002, 100, 0.05),
    /// The size of the KV cache in blocks.
    KV_BLOCKS("num_gpu_blocks", 0.001, 1000, 0.04);

    private static final double LEAST_STEP_MILLIS = 0.1;
    private static final double LEAST_API_MILLIS = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String wireName;
    private final double least;
    private final double most;
    private final double difference;

    /// @param least      the least it may be, as a factor on where it starts
    /// @param most       the most, likewise
    /// @param difference half the width of differences taken in its logarithm
    Parameter(String wireName, double least, double most, double difference) {
        this.wireName = wireName;
        this.least = least;
        this.most = most;
        this.difference = difference;
    }

    /// The stable name in reports.
    public String wireName() {
        return wireName;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    double difference() {
        return difference;
    }

    /// Where the fit starts.
    double startIn(EngineProfile profile) {
        return switch (this) {
            case STEP -> Math.max(LEAST_STEP_MILLIS, profile.stepTime().t0());
            case GEMM, KV_ATTENTION, PREFILL_ATTENTION -> 1;
            case API -> Math.max(LEAST_API_MILLIS, profile.overhead().apiNanos() / NANOS_PER_MILLI);
            case KV_BLOCKS -> profile.kvBlocks();
        };
    }

    /// The profile with this changed. A KV cache that holds less than the longest request makes that one shorter.
    EngineProfile in(EngineProfile profile, double value) {
        StepTime step = profile.stepTime();
        return switch (this) {
            case STEP -> with(profile, step, value, 1, 1, 1);
            case GEMM -> with(profile, step, step.t0(), value, 1, 1);
            case KV_ATTENTION -> with(profile, step, step.t0(), 1, value, 1);
            case PREFILL_ATTENTION -> with(profile, step, step.t0(), 1, 1, value);
            case API -> profile.with(new Overhead(Math.round(value * NANOS_PER_MILLI), profile.overhead().tokenDelayNanos()));
            case KV_BLOCKS -> withBlocks(profile, Math.clamp(Math.round(value), 1, Integer.MAX_VALUE));
        };
    }

    /// The profile with its step times to five digits: more are none of a fit's business.
    static EngineProfile rounded(EngineProfile profile) {
        StepTime step = profile.stepTime();
        var changed = new StepTime(
                rounded(step.t0()),
                rounded(step.g0()),
                step.n0(),
                rounded(step.g1Micros()),
                step.aSeq(),
                rounded(step.aKvMicros()),
                step.rho(),
                step.aPf(),
                rounded(step.aQkNanos()),
                step.h0(),
                step.h1(),
                step.allReduce());
        return with(profile, changed);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(5)).doubleValue();
    }

    private static EngineProfile withBlocks(EngineProfile profile, int blocks) {
        Scheduler scheduler = profile.scheduler();
        int longest = Math.clamp((long) blocks * scheduler.blockSize(), 2, scheduler.maxModelLen());
        return profile.withKvBlocks(blocks)
                .with(new Scheduler(
                        scheduler.maxNumSeqs(),
                        scheduler.maxNumBatchedTokens(),
                        longest,
                        scheduler.blockSize(),
                        scheduler.order(),
                        scheduler.prefixCaching(),
                        scheduler.reserveFullSequence(),
                        scheduler.longPrefillTokenThreshold()));
    }

    private static EngineProfile with(
            EngineProfile profile, StepTime step, double t0, double gemm, double kvAttention, double prefillAttention) {
        var changed = new StepTime(
                t0,
                step.g0() * gemm,
                step.n0(),
                step.g1Micros() * gemm,
                step.aSeq(),
                step.aKvMicros() * kvAttention,
                step.rho(),
                step.aPf(),
                step.aQkNanos() * prefillAttention,
                step.h0(),
                step.h1(),
                step.allReduce());
        return with(profile, changed);
    }

    private static EngineProfile with(EngineProfile profile, StepTime changed) {
        return new EngineProfile(
                profile.name(),
                profile.model(),
                changed,
                profile.scheduler(),
                profile.kvBlocks(),
                profile.overhead(),
                profile.speculation(),
                profile.noiseSigma());
    }
}
