package io.sagebench.controlplane;

import io.sagebench.engine.EngineId;

/// Where a request goes and who decided it.
///
/// @param engine     the engine
/// @param policy     the name of the policy in force
/// @param epoch      counts policy switches
/// @param queueNanos how long it waited here
public record DispatchedTo(EngineId engine, String policy, long epoch, long queueNanos) {}
