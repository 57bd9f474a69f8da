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
public record EngineStatus(
        EngineDescription description,
        int running,
        long prefillTokensOutstanding,
        long decodeTokensOutstanding,
        long kvTokensReserved,
        long dispatched,
        long completed,
        long failed) {}
