package io.sagebench.policy.queue;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import java.util.Map;
import java.util.Optional;

/// Serves the first request of a queue that an engine can take, on the engine that a placement chooses: what many policies are, once the two are
/// given.
public final class InOrder implements Policy {
    private final RequestQueue waiting;
    private final Placement placement;

    /// @param empty     says who is served first
    /// @param placement chooses the engine
    public InOrder(RequestQueue empty, Placement placement) {
        this.waiting = empty;
        this.placement = placement;
    }

    /// First come, first served, each lane on its own.
    public static InOrder ofArrival(Placement placement) {
        return new InOrder(new WaitingQueue(WaitingQueue.ARRIVAL), placement);
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
        Optional<Waiting> first = waiting.firstServable(pool);
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

    @Override
    public Map<String, Double> figures() {
        return waiting.figures();
    }
}
