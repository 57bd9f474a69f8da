package io.sagebench.policy.hybrid;

import static java.util.Comparator.comparingLong;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/// One policy until the first request comes that is promised something, another one from then on. What waits at that moment moves, in the order of
/// arrival.
public final class HybridSloPolicy implements Policy {
    private final Supplier<Policy> whenPromised;
    private final NavigableSet<Waiting> waiting = new TreeSet<>(comparingLong(Waiting::sequence));
    private Policy current;
    private boolean promised;

    /// @param withoutPromises while nothing was promised
    /// @param whenPromised    makes the policy for the time after that
    HybridSloPolicy(Policy withoutPromises, Supplier<Policy> whenPromised) {
        this.current = withoutPromises;
        this.whenPromised = whenPromised;
    }

    @Override
    public void arrived(Waiting request) {
        waiting.add(request);
        if (promised || request.serviceLevel().equals(ServiceLevel.NONE)) {
            current.arrived(request);
            return;
        }
        promised = true;
        current = whenPromised.get();
        waiting.forEach(current::arrived);
    }

    @Override
    public void withdrawn(Waiting request) {
        waiting.remove(request);
        current.withdrawn(request);
    }

    @Override
    public Decision next(PoolView pool) {
        Decision decision = current.next(pool);
        switch (decision) {
            case Decision.Dispatch(Waiting request, EngineId _) -> waiting.remove(request);
            case Decision.DispatchTogether(List<Waiting> requests, EngineId _) -> requests.forEach(waiting::remove);
            case Decision.Reject(Waiting request, String _) -> waiting.remove(request);
            case Decision.Preempt _, Decision.Hold _ -> {}
        }
        return decision;
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        current.tokens(request, engine, count, nowNanos);
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        current.ended(request, engine, outputTokens, ending, nowNanos);
    }

    @Override
    public boolean wantsEachToken() {
        return current.wantsEachToken();
    }

    @Override
    public Optional<String> degraded(PoolView pool) {
        return current.degraded(pool);
    }

    @Override
    public Map<String, Double> figures() {
        return current.figures();
    }

    @Override
    public Optional<Waiting> displacedBy(Waiting arrival) {
        return current.displacedBy(arrival);
    }
}
