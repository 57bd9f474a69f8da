package io.sagebench.policy.arrival;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.RequestQueue;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.Comparator;

/// Serves in the order of arrival, each model on its own, so that a model without capacity does not hold up the others.
public final class FifoPolicy implements Policy {
    /// The order of arrival.
    static final Comparator<Waiting> ARRIVAL = Comparator.comparingLong(Waiting::sequence);

    private final RequestQueue waiting;
    private final Placement placement;

    /// @param placement chooses the engine
    public FifoPolicy(Placement placement) {
        this(new WaitingQueue(ARRIVAL), placement);
    }

    FifoPolicy(RequestQueue empty, Placement placement) {
        this.waiting = empty;
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
        EngineView engine = placement.choose(request, pool.candidatesFor(request), pool);
        waiting.dispatched(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        waiting.tokens(request, count);
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        if (ending == Ending.FAILED && outputTokens == 0) {
            waiting.servedNothing(request);
        }
    }

    @Override
    public boolean wantsEachToken() {
        return waiting.wantsEachToken();
    }
}
