package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;
import java.util.random.RandomGenerator;

/// Any engine, drawn by lot.
public final class ByLot implements Placement {
    private final RandomGenerator chance;

    /// @param chance made from the run's seed
    public ByLot(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        return candidates.get(chance.nextInt(candidates.size()));
    }
}
