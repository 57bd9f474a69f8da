package io.sagebench.policy;

import java.util.Optional;

/// Decides which waiting request goes to which engine next: a deterministic state machine. The same events give the same decisions.
///
/// A policy keeps the waiting requests itself, in whatever order it needs. It has no clock and no chance of its own: time is
/// [PoolView#nowNanos], and a generator made from the run's seed is handed to its factory. One object serves one activation; all calls come
/// from the timeline.
public interface Policy {

    /// A request begins to wait.
    void arrived(Waiting request);

    /// A request that waits does so no longer, and not because of a decision of this policy: it was cancelled, its deadline passed, or
    /// another took its place.
    void withdrawn(Waiting request);

    /// The next decision. Asked again and again until it holds; in between, the dispatcher carries the decision out and reserves the load, so
    /// that `pool` always shows the effect of the decisions before. A request in a [Decision.Dispatch] or [Decision.Reject] waits no longer.
    ///
    /// Time passing can change the answer: the dispatcher asks again at [Decision.Hold#untilNanos] when nothing happens before.
    Decision next(PoolView pool);

    /// Whom to turn away to make room for `arrival` when the queue is full. The default is nobody: then the arrival is rejected.
    ///
    /// @return a waiting request that yields its place; it is withdrawn next
    default Optional<Waiting> displacedBy(Waiting arrival) {
        return Optional.empty();
    }
}
