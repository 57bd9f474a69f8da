package io.sagebench.policy.aegaeon;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.List;

/// A pool without the engines that do not admit a request now.
final class AdmittingPool implements PoolView {
    private final Admission admission;
    private final List<EngineView> candidates = new ArrayList<>();
    private final PoolView pool;

    AdmittingPool(PoolView pool, Admission admission) {
        this.pool = pool;
        this.admission = admission;
    }

    /// Whether an engine admits a request.
    interface Admission {
        boolean admits(Waiting request, EngineView engine, long nowNanos);
    }

    @Override
    public long nowNanos() {
        return pool.nowNanos();
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        return pool.hasRoomFor(lane);
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        candidates.clear();
        for (EngineView engine : pool.candidatesFor(request)) {
            if (admission.admits(request, engine, pool.nowNanos())) {
                candidates.add(engine);
            }
        }
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        return pool.engines();
    }

    @Override
    public long predictedTtftNanos(Waiting request, EngineView engine) {
        return pool.predictedTtftNanos(request, engine);
    }

    @Override
    public long predictedTpotNanos(Waiting request, EngineView engine) {
        return pool.predictedTpotNanos(request, engine);
    }

    @Override
    public List<InFlight> preemptible() {
        return pool.preemptible();
    }
}
