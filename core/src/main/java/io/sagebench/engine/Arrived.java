package io.sagebench.engine;

/// A payload that knows when its request arrived, which was before its job reached the engine: the request had to be read.
public interface Arrived extends Payload {

    /// When the request came from its client, on the engine's timeline; not after now.
    long arrivedAtNanos();
}
