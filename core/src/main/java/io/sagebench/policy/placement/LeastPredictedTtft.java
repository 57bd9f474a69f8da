package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// The engine on which the first token is expected soonest. Predictions that differ by less than they are usually off count as equal: among
/// those the one with the least outstanding work, then the one that was sent the fewest requests so far.
public final class LeastPredictedTtft implements Placement {
    /// Two estimates learnt from different samples of equal engines differ by some percent.
    private static final double ALIKE = 1.1;

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        long soonestNanos = Long.MAX_VALUE;
        for (EngineView engine : candidates) {
            soonestNanos = Math.min(soonestNanos, pool.predictedTtftNanos(request, engine));
        }
        EngineView best = null;
        for (EngineView engine : candidates) {
            if (pool.predictedTtftNanos(request, engine) <= soonestNanos * ALIKE && (best == null || isLessLoaded(engine, best))) {
                best = engine;
            }
        }
        return best == null ? candidates.getFirst() : best;
    }

    /// Whether one engine has less outstanding work than the other, or as much and was sent fewer requests so far.
    static boolean isLessLoaded(EngineView one, EngineView other) {
        int byWork = LeastWork.compare(one, other);
        return byWork < 0 || (byWork == 0 && one.dispatched() < other.dispatched());
    }
}
