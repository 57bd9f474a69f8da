package io.sagebench.engine.stepped;

/// Decides what one card that several models share does next, token by token. It begins operations through the [CardOperations] it was made
/// with, and hears of nothing but what changes the set of its sequences: all else it reads from them and from the card.
///
/// It begins with a quiet card: nothing is computed or moved, and no KV cache is on the device. All calls come on the timeline.
public interface TokenScheduler {

    /// A sequence is its affair from now on: one that has just come, without a KV cache, or one that another scheduler had before, perhaps with
    /// its KV cache on the host.
    ///
    /// @param arrivedAtNanos when it reached the engine
    void joined(SteppedSequence sequence, long arrivedAtNanos);

    /// A sequence is complete, or its client has left. It has been released.
    void left(SteppedSequence sequence);

    /// Something has happened: sequences joined or left, or an operation has ended. Begins what comes next, if anything. It must leave the
    /// processor busy, or wait for a move that is under way, as long as it has sequences.
    void proceed();
}
