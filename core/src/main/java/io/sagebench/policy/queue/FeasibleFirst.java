package io.sagebench.policy.queue;

import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Waiting requests in an order of their own, but those that are too late only when nothing that can still make it wants the place: late
/// requests served first would make others late in turn. The late ones go by priority, then arrival. A request without deadline is never late.
///
/// Relegating hopeless requests is the idea of Niyama (Goel et al., 2025).
public final class FeasibleFirst {
    private final LatestStart latestStart;
    private final LatePolicy latePolicy;
    private final WaitingQueue feasible;
    /// Those of the feasible that have a deadline, and so become late.
    private final WaitingQueue perishable;
    private final WaitingQueue late = new WaitingQueue(
            Comparator.comparingInt((Waiting request) -> request.priority().band()).thenComparingLong(Waiting::sequence));

    /// @param latestStart when a request becomes late
    /// @param order       of those that are not
    public FeasibleFirst(LatestStart latestStart, Comparator<Waiting> order, LatePolicy latePolicy) {
        this.latestStart = latestStart;
        this.latePolicy = latePolicy;
        this.feasible = new WaitingQueue(order);
        this.perishable = new WaitingQueue(Comparator.comparingLong(latestStart::ofNanos));
    }

    /// In the order of the latest start.
    public FeasibleFirst(LatestStart latestStart, LatePolicy latePolicy) {
        this(latestStart, Comparator.comparingLong(latestStart::ofNanos), latePolicy);
    }

    /// Puts a request in.
    public void add(Waiting request) {
        feasible.add(request);
        if (latePolicy != LatePolicy.RUN && LatestStart.hasDeadline(request)) {
            perishable.add(request);
        }
    }

    /// Takes a request out.
    public void remove(Waiting request) {
        if (feasible.remove(request)) {
            perishable.remove(request);
        } else {
            late.remove(request);
        }
    }

    /// Puts off all requests that are late by now.
    ///
    /// @return one that is to be rejected instead and is in no longer, when late requests are; ask until there is none
    public Optional<Waiting> putOffLate(long nowNanos) {
        Optional<Waiting> first = perishable.first();
        while (first.isPresent() && latestStart.ofNanos(first.get()) < nowNanos) {
            remove(first.get());
            if (latePolicy == LatePolicy.REJECT) {
                return first;
            }
            late.add(first.get());
            first = perishable.first();
        }
        return Optional.empty();
    }

    /// The first feasible request that some engine can take now, or if there is none the first late one; left in place.
    public Optional<Waiting> firstServable(PoolView pool) {
        return feasible.firstServable(pool).or(() -> late.firstServable(pool));
    }

    /// As [#firstServable(PoolView)], but past feasible requests that would rather wait.
    ///
    /// @param most    how many of a lane to go past at most
    /// @param isReady whether a feasible request that an engine could take is to go now
    public Optional<Waiting> firstServable(PoolView pool, int most, Predicate<Waiting> isReady) {
        return feasible.firstServable(pool, most, isReady).or(() -> late.firstServable(pool));
    }

    /// When the next request is to be rejected, in nanoseconds; [Long#MAX_VALUE] when late ones are not, or none becomes late.
    public long nextRejectionAtNanos() {
        return latePolicy == LatePolicy.REJECT
                ? perishable.first().map(request -> latestStart.ofNanos(request) + 1).orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    /// Makes a change that the order of the feasible requests depends on. O(n log n).
    public void reordered(Runnable change) {
        feasible.reordered(change);
    }

    /// How many wait.
    public int size() {
        return feasible.size() + late.size();
    }
}
