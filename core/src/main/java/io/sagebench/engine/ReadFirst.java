package io.sagebench.engine;

/// A payload whose request had to be read before its job could be handed to an engine.
public interface ReadFirst extends Payload {

    /// How long that took, from when the request had come from its client until the hand-over; at least 0. What holds the job back after that is
    /// no part of it.
    long readingNanos();
}
