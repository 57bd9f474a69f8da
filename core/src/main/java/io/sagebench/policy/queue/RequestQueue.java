package io.sagebench.policy.queue;

import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.Map;
import java.util.Optional;

/// Waiting requests in a total order, kept apart by lane, so that a model without capacity never blocks another.
public interface RequestQueue {

    /// Puts a request in.
    void add(Waiting request);

    /// Takes a request out that is not served from here.
    ///
    /// @return whether it was in
    boolean remove(Waiting request);

    /// Takes a request out because it goes to an engine.
    default void dispatched(Waiting request) {
        remove(request);
    }

    /// A request that was dispatched got nothing for it: it failed, or was taken back, before its first token.
    default void servedNothing(Waiting request) {}

    /// Makes a change that the place of a waiting request depends on: out before, in again after.
    default void moved(Waiting request, Runnable change) {
        boolean waited = remove(request);
        change.run();
        if (waited) {
            add(request);
        }
    }

    /// Output tokens of a request that was dispatched have come.
    ///
    /// @param count how many, at least 1
    default void tokens(Waiting request, int count) {}

    /// Whether [#tokens] must be called for each token as it comes.
    default boolean wantsEachToken() {
        return false;
    }

    /// What the order follows from that is worth watching, by name; nothing by default.
    default Map<String, Double> figures() {
        return Map.of();
    }

    /// The first request, in the order of this queue, that some engine can take now; left in place. Within a lane a request that has to wait
    /// for cache is not overtaken by smaller ones, which would keep it waiting for ever; they only go past it to engines that never
    /// run it: too small ones, and those it is kept from.
    Optional<Waiting> firstServable(PoolView pool);

    /// The first request of all, servable or not.
    Optional<Waiting> first();

    /// The last request of all.
    Optional<Waiting> last();

    /// How many wait.
    int size();
}
