package io.sagebench.policy;

import io.sagebench.engine.EngineId;
import java.util.List;

/// A pool as a policy shows it to a part of itself: the same, but for what a subclass leaves out.
public abstract class NarrowedPool implements PoolView {
    /// All there is.
    protected final PoolView whole;

    protected NarrowedPool(PoolView whole) {
        this.whole = whole;
    }

    @Override
    public long nowNanos() {
        return whole.nowNanos();
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        return whole.hasRoomFor(lane);
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        return whole.candidatesFor(request);
    }

    @Override
    public List<EngineView> engines() {
        return whole.engines();
    }

    @Override
    public boolean knows(EngineId engine) {
        return whole.knows(engine);
    }

    @Override
    public long predictedTtftNanos(Waiting request, EngineView engine) {
        return whole.predictedTtftNanos(request, engine);
    }

    @Override
    public long predictedTpotNanos(Waiting request, EngineView engine) {
        return whole.predictedTpotNanos(request, engine);
    }

    @Override
    public List<InFlight> preemptible() {
        return whole.preemptible();
    }
}
