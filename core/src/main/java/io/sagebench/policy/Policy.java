package io.sagebench.policy;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.stepped.TokenScheduling;
import java.util.Map;
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

    /// Output tokens of a request that it dispatched have come. Called as they come only when [#wantsEachToken]; else perhaps only now and then,
    /// or once, right before [#ended].
    ///
    /// @param count    how many, at least 1
    /// @param nowNanos when they were told, in nanoseconds since the run began
    default void tokens(Waiting request, EngineId engine, int count, long nowNanos) {}

    /// A request that it dispatched is on its engine no more: it is complete, it failed or it was cancelled. When it is to be tried again, it
    /// arrives anew.
    ///
    /// @param outputTokens that came in all
    /// @param nowNanos     when it ended, in nanoseconds since the run began
    default void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {}

    /// How the time of a request on an engine ended.
    enum Ending {
        /// With a complete answer.
        COMPLETED,
        /// The engine failed.
        FAILED,
        /// Its client left, or it was taken back.
        WITHDRAWN
    }

    /// Whether [#tokens] must be called for each token as it comes. It makes simulated engines step one by one: slower, with the same result.
    /// Of real servers they are told within 10 ms rather than 100 ms. Does not change.
    default boolean wantsEachToken() {
        return false;
    }

    /// How engines that change models between tokens are to be driven while it is in force ([io.sagebench.engine.EngineTraits#switchesModels]);
    /// empty to leave them to their own rule. Asked once.
    default Optional<TokenScheduling> tokenScheduling() {
        return Optional.empty();
    }

    /// How it falls short of its rule with these engines, if it does: a sentence for people.
    default Optional<String> degraded(PoolView pool) {
        return Optional.empty();
    }

    /// What it computes that is worth watching, by name; nothing by default. Seconds unless the name says otherwise.
    default Map<String, Double> figures() {
        return Map.of();
    }

    /// Whom to turn away to make room for `arrival` when the queue is full. The default is nobody: then the arrival is rejected.
    ///
    /// @return a waiting request that yields its place; it is withdrawn next
    default Optional<Waiting> displacedBy(Waiting arrival) {
        return Optional.empty();
    }
}
