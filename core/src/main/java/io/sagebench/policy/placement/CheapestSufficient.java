package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// The engine on which a request costs least, see [MarginalCost], among those on which it is expected to keep its promises within its budget. Among
/// equally cheap ones the fullest, then the first: idle engines stay idle, so that they could be let go (the load gradient of PolyServe:
/// Zhu et al., 2025). When none suffices, the cheapest.
public final class CheapestSufficient implements Placement {
    /// Estimates err by more than this.
    private static final double ALIKE = 1.01;

    private final double budgetUsd;
    private double[] costs = new double[0];

    /// @param budgetUsd the most a request may cost; [Double#POSITIVE_INFINITY] for any
    public CheapestSufficient(double budgetUsd) {
        this.budgetUsd = budgetUsd;
    }

    /// Whether any of these engines suffices now.
    public boolean anySuffices(Waiting request, List<EngineView> candidates, PoolView pool) {
        for (EngineView engine : candidates) {
            if (suffices(request, engine, pool, MarginalCost.usd(request, engine, pool))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        if (costs.length < candidates.size()) {
            costs = new double[candidates.size()];
        }
        double least = Double.POSITIVE_INFINITY;
        double leastSufficient = Double.POSITIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            EngineView engine = candidates.get(i);
            double cost = MarginalCost.usd(request, engine, pool);
            costs[i] = cost;
            least = Math.min(least, cost);
            if (cost < leastSufficient && suffices(request, engine, pool, cost)) {
                leastSufficient = cost;
            }
        }
        boolean anySuffices = leastSufficient < Double.POSITIVE_INFINITY;
        double mostCost = (anySuffices ? leastSufficient : least) * ALIKE;
        EngineView best = null;
        for (int i = 0; i < candidates.size(); i++) {
            EngineView engine = candidates.get(i);
            if (costs[i] <= mostCost
                    && (best == null || engine.running() > best.running())
                    && (!anySuffices || suffices(request, engine, pool, costs[i]))) {
                best = engine;
            }
        }
        return best == null ? candidates.getFirst() : best;
    }

    private boolean suffices(Waiting request, EngineView engine, PoolView pool, double usd) {
        return usd <= budgetUsd && SloHeadroom.roomOn(engine, request, pool) >= 0;
    }
}
