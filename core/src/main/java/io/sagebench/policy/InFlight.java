package io.sagebench.policy;

import io.sagebench.engine.EngineId;

/// A request that an engine works on.
///
/// @param request          as it waited
/// @param engine           who works on it
/// @param dispatchSequence counts dispatches: larger is newer
public record InFlight(Waiting request, EngineId engine, long dispatchSequence) {}
