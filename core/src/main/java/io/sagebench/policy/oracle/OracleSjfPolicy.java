package io.sagebench.policy.oracle;

import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastWork;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;

/// Serves the least work first, with lengths of answers that are true because the client announced them.
public final class OracleSjfPolicy implements Policy {
    private final WaitingQueue waiting = new WaitingQueue(
            Comparator.comparingLong((Waiting request) -> request.predicted().serviceNanos()));
    private final Placement placement = new LeastWork();

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
