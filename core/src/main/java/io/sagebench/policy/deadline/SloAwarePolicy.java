package io.sagebench.policy.deadline;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.LatestStart;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;
import java.util.Optional;

/// Serves first what must start first, and serves what is already too late only when nothing that can still make it wants the place: late
/// requests served first would make others late in turn.
public final class SloAwarePolicy implements Policy {
    /// What becomes of a request that can no longer keep its promise.
    public enum LatePolicy {
        /// It waits until no feasible request can use the place.
        DEMOTE,
        /// It is rejected.
        REJECT,
        /// It runs in its order.
        RUN
    }

    private final LatestStart latestStart;
    private final LatePolicy latePolicy;
    private final Placement placement;
    private final WaitingQueue feasible;
    /// Those of the feasible that have a deadline, and so become late.
    private final WaitingQueue perishable;
    private final WaitingQueue late = new WaitingQueue(
            Comparator.comparingInt((Waiting request) -> request.priority().band()).thenComparingLong(Waiting::sequence));

    /// @param defaultDeadlineNanos stands in for the deadline of a request that has none; such a request never counts as late
    public SloAwarePolicy(long defaultDeadlineNanos, LatePolicy latePolicy, Placement placement) {
        this.latestStart = new LatestStart(defaultDeadlineNanos);
        this.latePolicy = latePolicy;
        this.placement = placement;
        this.feasible = new WaitingQueue(Comparator.comparingLong(latestStart::ofNanos));
        this.perishable = new WaitingQueue(Comparator.comparingLong(latestStart::ofNanos));
    }

    @Override
    public void arrived(Waiting request) {
        feasible.add(request);
        if (latePolicy != LatePolicy.RUN && LatestStart.hasDeadline(request)) {
            perishable.add(request);
        }
    }

    @Override
    public void withdrawn(Waiting request) {
        if (feasible.remove(request)) {
            perishable.remove(request);
        } else {
            late.remove(request);
        }
    }

    @Override
    public Decision next(PoolView pool) {
        Optional<Waiting> tooLate = takeOutLate(pool.nowNanos());
        if (tooLate.isPresent()) {
            return new Decision.Reject(tooLate.get(), "its deadline can no longer be met");
        }
        Optional<Waiting> first = feasible.firstServable(pool).or(() -> late.firstServable(pool));
        if (first.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Waiting request = first.get();
        var engine = placement.choose(request, pool.candidatesFor(request), pool);
        withdrawn(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    /// Takes all requests that are late by now out of the feasible ones.
    ///
    /// @return one to be rejected, when late requests are
    private Optional<Waiting> takeOutLate(long nowNanos) {
        Optional<Waiting> first = perishable.first();
        while (first.isPresent() && latestStart.ofNanos(first.get()) < nowNanos) {
            withdrawn(first.get());
            if (latePolicy == LatePolicy.REJECT) {
                return first;
            }
            late.add(first.get());
            first = perishable.first();
        }
        return Optional.empty();
    }
}
