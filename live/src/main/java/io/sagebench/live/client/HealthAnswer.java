package io.sagebench.live.client;

/// What a server says of its health.
///
/// @param answered whether it answered at all
/// @param ok       whether it answered with success
/// @param message  what it said, or why there was no answer; may be empty when it is well
public record HealthAnswer(boolean answered, boolean ok, String message) {}
