package io.sagebench.policy.prefix;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;

/// Serves in the order of arrival, each lane on its own; what the policies of this family differ in is the choice of the engine.
final class RoutedInOrder implements Policy {
    private final WaitingQueue waiting = new WaitingQueue(Comparator.comparingLong(Waiting::sequence));
    private final Placement placement;

    RoutedInOrder(Placement placement) {
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
        var first = waiting.firstServable(pool);
        if (first.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Waiting request = first.get();
        var engine = placement.choose(request, pool.candidatesFor(request), pool);
        waiting.remove(request);
        return new Decision.Dispatch(request, engine.description().id());
    }
}
