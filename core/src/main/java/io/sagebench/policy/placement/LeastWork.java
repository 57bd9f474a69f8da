package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// The engine with the least outstanding work: prompt tokens to come plus twice the output tokens to come. Among equals the one that runs
/// fewest requests, then the next one round.
public final class LeastWork implements Placement {
    /// An output token costs about as much as two prompt tokens (the weights of VTC: Sheng et al., OSDI 2024).
    private static final long DECODE_WEIGHT = 2;

    private final RoundRobin among = new RoundRobin();

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        EngineView best = candidates.getFirst();
        int ties = 1;
        for (EngineView engine : candidates.subList(1, candidates.size())) {
            int comparison = compare(engine, best);
            if (comparison < 0) {
                best = engine;
                ties = 1;
            } else if (comparison == 0) {
                ties++;
            }
        }
        if (ties == 1) {
            return best;
        }
        EngineView least = best;
        return among.choose(
                request,
                candidates.stream().filter(engine -> compare(engine, least) == 0).toList(),
                pool);
    }

    /// Compares outstanding work, then requests running.
    static int compare(EngineView one, EngineView other) {
        int byWork = Long.compare(work(one), work(other));
        return byWork != 0 ? byWork : Integer.compare(one.running(), other.running());
    }

    private static long work(EngineView engine) {
        return engine.prefillTokensOutstanding() + DECODE_WEIGHT * engine.decodeTokensOutstanding();
    }
}
