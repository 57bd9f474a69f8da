package io.sagebench.engine;

import io.sagebench.request.Check;

/// Forecasts what one more request would go through on an engine, from what the engine is made of rather than from what was measured of it.
///
/// It knows nothing of requests that come later. Cheap enough to ask for each of many engines at each decision.
public interface EngineModel {

    /// Time from now to the first token of a prompt that is sent now, in nanoseconds.
    ///
    /// @param load         what is on the engine without it
    /// @param promptTokens its length, at least 1
    /// @param cachedTokens how many of them the engine need not compute because it did so before, fewer than all
    double ttftNanos(Load load, int promptTokens, int cachedTokens);

    /// Time per output token of a request once it decodes, if what is on the engine now stays, in nanoseconds.
    ///
    /// @param outputTokens how long its answer will be, at least 1
    double tpotNanos(Load load, int promptTokens, int outputTokens);

    /// What an engine has to do.
    ///
    /// @param queuedPrefillTokens prompt tokens of the requests without a first token
    /// @param queuedPrompts       how many these requests are
    /// @param decoding            requests that have sent a token
    /// @param contextTokens       tokens of context that these read at each step, all together
    /// @param outputTokensLeft    tokens that all these requests have yet to send, as predicted
    record Load(
            long queuedPrefillTokens, int queuedPrompts, int decoding, long contextTokens, long outputTokensLeft) {
        /// Nothing.
        public static final Load IDLE = new Load(0, 0, 0, 0, 0);

        public Load {
            Check.notNegative(queuedPrefillTokens, "queuedPrefillTokens");
            Check.notNegative(queuedPrompts, "queuedPrompts");
            Check.notNegative(decoding, "decoding");
            Check.notNegative(contextTokens, "contextTokens");
            Check.notNegative(outputTokensLeft, "outputTokensLeft");
        }
    }
}
