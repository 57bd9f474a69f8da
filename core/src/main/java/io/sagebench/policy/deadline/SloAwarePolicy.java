package io.sagebench.policy.deadline;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.FeasibleFirst;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;
import java.util.Optional;

/// Serves first what must start first, and serves what is already too late only when nothing that can still make it wants the place.
public final class SloAwarePolicy implements Policy {
    private final FeasibleFirst waiting;
    private final Placement placement;

    /// @param latestStart when a request must start
    public SloAwarePolicy(LatestStart latestStart, LatePolicy latePolicy, Placement placement) {
        this.waiting = new FeasibleFirst(latestStart, latePolicy);
        this.placement = placement;
    }

    @Override
    public void arrived(Waiting request) {
        waiting.add(request);
    }

    @Override
    public void withdrawn(Waiting request) {
        waiting.remove(request);
    }

    @Override
    public Decision next(PoolView pool) {
        Optional<Waiting> tooLate = waiting.putOffLate(pool.nowNanos());
        if (tooLate.isPresent()) {
            return new Decision.Reject(tooLate.get(), "its deadline can no longer be met");
        }
        Optional<Waiting> first = waiting.firstServable(pool);
        if (first.isEmpty()) {
            return new Decision.Hold(waiting.nextRejectionAtNanos());
        }
        Waiting request = first.get();
        var engine = placement.choose(request, pool.candidatesFor(request), pool);
        waiting.remove(request);
        return new Decision.Dispatch(request, engine.description().id());
    }
}
