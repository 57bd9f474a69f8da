package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;

/// The engines one after another, whatever their load.
public final class RoundRobin implements Placement {
    private long cursor;

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        return candidates.get((int) (cursor++ % candidates.size()));
    }
}
