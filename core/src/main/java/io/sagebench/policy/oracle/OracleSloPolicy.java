package io.sagebench.policy.oracle;

import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.FeasibleFirst;
import io.sagebench.policy.queue.LatePolicy;
import io.sagebench.policy.queue.LatestStart;

/// Serves first what must start first, hopeless requests last, with lengths of answers that are true because the client announced them.
public final class OracleSloPolicy implements Policy {
    private final FeasibleFirst waiting;
    private final Placement placement;

    /// @param latestStart when a request must start
    public OracleSloPolicy(LatestStart latestStart, Placement placement) {
        this.waiting = new FeasibleFirst(latestStart, LatePolicy.DEMOTE);
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
        waiting.putOffLate(pool.nowNanos());
        var first = waiting.firstServable(pool);
        if (first.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Waiting request = first.get();
        EngineView engine = placement.choose(request, pool.candidatesFor(request), pool);
        waiting.remove(request);
        return new Decision.Dispatch(request, engine.description().id());
    }
}
