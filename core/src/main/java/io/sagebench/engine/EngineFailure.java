package io.sagebench.engine;

/// Why an engine gave no complete answer.
///
/// @param status  the HTTP status that tells a client best: the engine's own where it sent one, else 502 or 504
/// @param message for a person
public record EngineFailure(int status, String message) {}
