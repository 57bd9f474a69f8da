package io.sagebench.policy.fairness;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.Placement;
import io.sagebench.policy.queue.FairQueue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Serves the tenant that has had the least service so far, each tenant's requests in the order of arrival: the Virtual Token Counter of Sheng
/// et al. (OSDI 2024), see [FairQueue].
public final class VtcPolicy implements Policy {
    /// Beyond this many tenants, counters are summed up only.
    private static final int MOST_SHOWN = 20;

    private final FairQueue waiting;
    private final Placement placement;

    /// @param inputWeight  what a prompt token counts
    /// @param outputWeight what an output token counts
    public VtcPolicy(double inputWeight, double outputWeight, Placement placement) {
        this.waiting = new FairQueue(_ -> 0, Comparator.comparingLong(Waiting::sequence), inputWeight, outputWeight);
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
        return true;
    }

    @Override
    public Map<String, Double> figures() {
        Map<String, Double> counters = waiting.counters();
        var figures = new LinkedHashMap<String, Double>();
        figures.put("tenants", (double) counters.size());
        var spread = counters.values().stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (spread.getCount() > 0) {
            figures.put("least_counter_tokens", spread.getMin());
            figures.put("greatest_counter_tokens", spread.getMax());
        }
        if (counters.size() <= MOST_SHOWN) {
            counters.forEach((tenant, tokens) -> figures.put("counter_tokens." + (tenant.isEmpty() ? "none" : tenant), tokens));
        }
        return figures;
    }
}
