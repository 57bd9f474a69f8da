package io.sagebench.controlplane;

import io.sagebench.engine.EngineDescription;

/// One engine and its books at a moment.
///
/// @param description             what it is
/// @param running                 requests on it
/// @param prefillTokensOutstanding prompt tokens on it without a first token yet
/// @param decodeTokensOutstanding output tokens predicted for it that have not come
/// @param kvTokensReserved        KV cache tokens its requests will hold
/// @param dispatched              requests sent to it so far
/// @param completed               of these, completed
/// @param failed                  of these, failed
/// @param health                  whether it gets requests, and why not
public record EngineStatus(
        EngineDescription description,
        int running,
        long prefillTokensOutstanding,
        long decodeTokensOutstanding,
        long kvTokensReserved,
        long dispatched,
        long completed,
        long failed,
        Health health) {

    /// Whether an engine gets requests.
    ///
    /// @param state    where it is in its life
    /// @param breaker  how far it is trusted
    /// @param openings how often its breaker has opened
    /// @param resting  whether it asked to be left alone for a while (`Retry-After`)
    /// @param reason   why it is in this state, for people; empty when there is nothing to say
    public record Health(EngineState state, BreakerState breaker, long openings, boolean resting, String reason) {
        /// Whether it gets requests now.
        public boolean inService() {
            return state == EngineState.READY && breaker != BreakerState.OPEN && !resting;
        }
    }
}
