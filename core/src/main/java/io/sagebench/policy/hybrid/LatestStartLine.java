package io.sagebench.policy.hybrid;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;
import java.util.Optional;

/// Prompts by latest start, the deadline by class and priority where none is given. One whose promised latest start has passed runs only when no other can
/// use the place.
final class LatestStartLine implements Policy {
    private final Placement placement;
    private final ShareRule shares;
    private final WaitingQueue feasible = new WaitingQueue(Comparator.comparingLong(Deadlines::latestStartNanos));
    private final WaitingQueue perishable = new WaitingQueue(Comparator.comparingLong(Deadlines::lateAfterNanos));
    private final WaitingQueue late = new WaitingQueue(
            Comparator.comparingInt((Waiting request) -> request.priority().band()).thenComparingLong(Waiting::sequence));

    /// @param shares is told of those that become late
    LatestStartLine(Placement placement, ShareRule shares) {
        this.placement = placement;
        this.shares = shares;
    }

    /// The latest start of the first; [Long#MAX_VALUE] when none is in time.
    long firstKeyNanos() {
        return feasible.first().map(Deadlines::latestStartNanos).orElse(Long.MAX_VALUE);
    }

    @Override
    public void arrived(Waiting request) {
        feasible.add(request);
        if (Deadlines.lateAfterNanos(request) != Long.MAX_VALUE) {
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
        demote(pool.nowNanos());
        Optional<Waiting> first = feasible.firstServable(pool).or(() -> late.firstServable(pool));
        if (first.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Waiting request = first.get();
        var engine = placement.choose(request, pool.candidatesFor(request), pool);
        withdrawn(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    private void demote(long nowNanos) {
        Optional<Waiting> first = perishable.first();
        while (first.isPresent() && Deadlines.lateAfterNanos(first.get()) < nowNanos) {
            withdrawn(first.get());
            late.add(first.get());
            shares.becameLate(Work.PROMPTS, 1);
            first = perishable.first();
        }
    }
}
