package io.sagebench.engine.sim;

import io.sagebench.request.Check;
import io.sagebench.time.TickLog;

/// How long one engine step takes, in closed form. Coefficients are in milliseconds unless their name says otherwise:
///
/// `T = t0 + G(n) + a_seq*B + rho*a_kv*K + a_pf*P + a_qk*Q + h0 + h1*S + C(n)`, with `G(n) = g0 + g1*max(0, n - n0)`
///
/// n tokens scheduled, B sequences, K the context lengths of the decoding sequences summed, P prefill chunks, Q the sum over chunks of
/// `c * (k + c/2)` for a chunk of c tokens behind k computed ones, S sequences that sample a token.
///
/// The form and the linear-layer constants come from fits to profiled vLLM steps (Vidur and LLMServingSim profiles); it reproduces a recorded
/// vLLM run within a few percent.
///
/// @param t0               fixed cost of a step outside the model
/// @param g0               linear layers while they are bound by reading the weights
/// @param n0               tokens up to which they are
/// @param g1Micros         each further token, in microseconds
/// @param aSeq             each sequence's attention
/// @param aKvMicros        reading one token of KV cache, in microseconds
/// @param rho              how much dearer mixed context lengths read than equal ones
/// @param aPf              fixed attention cost of a prefill chunk
/// @param aQkNanos         one query-key pair of prefill attention, in nanoseconds
/// @param h0               output layer
/// @param h1               sampling, for each sequence
/// @param allReduce        tensor-parallel communication
public record StepTime(
        double t0,
        double g0,
        double n0,
        double g1Micros,
        double aSeq,
        double aKvMicros,
        double rho,
        double aPf,
        double aQkNanos,
        double h0,
        double h1,
        AllReduce allReduce) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final long UNITS_PER_NANO = 1L << TickLog.FRACTION_BITS;

    public StepTime {
        Check.notNegative(t0, "t0");
        Check.notNegative(g0, "g0");
        Check.notNegative(n0, "n0");
        Check.notNegative(g1Micros, "g1");
        Check.notNegative(aSeq, "a_seq");
        Check.notNegative(aKvMicros, "a_kv");
        Check.notNegative(rho, "rho");
        Check.notNegative(aPf, "a_pf");
        Check.notNegative(aQkNanos, "a_qk");
        Check.notNegative(h0, "h0");
        Check.notNegative(h1, "h1");
        if (t0 + g0 + h0 <= 0) {
            throw new IllegalArgumentException("a step must take time: t0, g0 and h0 are all 0");
        }
    }

    /// Two all-reduces a layer over a ring: `2 * layers * (latency + tokens * bytesPerToken * 2 * (gpus - 1) / gpus / bandwidth)`.
    ///
    /// @param gpus           tensor-parallel degree; 1 costs nothing
    /// @param layers         of the model
    /// @param latencyMillis  of one all-reduce
    /// @param bytesPerToken  activations of one token
    /// @param gigabytesPerSecond bus bandwidth
    public record AllReduce(int gpus, int layers, double latencyMillis, double bytesPerToken, double gigabytesPerSecond) {
        /// One GPU.
        public static final AllReduce NONE = new AllReduce(1, 0, 0, 0, 1);

        double millis(int tokens) {
            if (gpus == 1) {
                return 0;
            }
            double ringShare = 2.0 * (gpus - 1) / gpus;
            return 2.0 * layers * (latencyMillis + tokens * bytesPerToken * ringShare / (gigabytesPerSecond * 1e6));
        }
    }

    /// The time of one step.
    ///
    /// @param tokens        n, at least 1
    /// @param sequences     B
    /// @param contextTokens K
    /// @param prefillChunks P
    /// @param queryKeyPairs Q
    /// @param sampling      S
    /// @return nanoseconds, at least 1
    public long nanos(
            int tokens, int sequences, long contextTokens, int prefillChunks, double queryKeyPairs, int sampling) {
        return (units(tokens, sequences, prefillChunks, queryKeyPairs, sampling) + contextTokens * contextUnits())
                >> TickLog.FRACTION_BITS;
    }

    /// The time of one step but for reading the context of decoding sequences, in units of 2^-16 nanoseconds. That part is apart because it
    /// alone grows while a batch decodes, and exact units let many such steps be added up in closed form.
    long units(int tokens, int sequences, int prefillChunks, double queryKeyPairs, int sampling) {
        double millis = t0
                + g0
                + g1Micros * 1e-3 * Math.max(0, tokens - n0)
                + aSeq * sequences
                + aPf * prefillChunks
                + aQkNanos * 1e-6 * queryKeyPairs
                + h0
                + h1 * sampling
                + allReduce.millis(tokens);
        return Math.max(UNITS_PER_NANO, Math.round(millis * NANOS_PER_MILLI * UNITS_PER_NANO));
    }

    /// Reading one token of context, in units of 2^-16 nanoseconds.
    long contextUnits() {
        return Math.round(rho * aKvMicros * NANOS_PER_MICRO * UNITS_PER_NANO);
    }
}
