package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// The engine on which the first token is expected soonest; among equals the one with the least outstanding work, then the one that was sent
/// the fewest requests so far.
public final class LeastPredictedTtft implements Placement {
    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        EngineView best = candidates.getFirst();
        long bestNanos = pool.predictedTtftNanos(request, best);
        for (EngineView engine : candidates.subList(1, candidates.size())) {
            long nanos = pool.predictedTtftNanos(request, engine);
            if (nanos < bestNanos || (nanos == bestNanos && isLessLoaded(engine, best))) {
                best = engine;
                bestNanos = nanos;
            }
        }
        return best;
    }

    /// Whether one engine has less outstanding work than the other, or as much and was sent fewer requests so far.
    static boolean isLessLoaded(EngineView one, EngineView other) {
        int byWork = LeastWork.compare(one, other);
        return byWork < 0 || (byWork == 0 && one.dispatched() < other.dispatched());
    }
}
