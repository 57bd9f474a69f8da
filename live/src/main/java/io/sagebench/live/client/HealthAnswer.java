package io.sagebench.live.client;

/// What a server says of its health.
///
/// @param ok      whether it answered with success
/// @param message what it said, or why there was no answer; may be empty when it is well
public record HealthAnswer(boolean ok, String message) {}
