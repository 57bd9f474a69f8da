package io.sagebench.policy.aegaeon;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.NarrowedPool;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.List;

/// A pool without the engines that do not admit a request now.
final class AdmittingPool extends NarrowedPool {
    private final Admission admission;
    private final List<EngineView> candidates = new ArrayList<>();

    AdmittingPool(PoolView pool, Admission admission) {
        super(pool);
        this.admission = admission;
    }

    /// Whether an engine admits a request.
    interface Admission {
        boolean admits(Waiting request, EngineView engine, long nowNanos);
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        candidates.clear();
        for (EngineView engine : whole.candidatesFor(request)) {
            if (admission.admits(request, engine, whole.nowNanos())) {
                candidates.add(engine);
            }
        }
        return candidates;
    }
}
