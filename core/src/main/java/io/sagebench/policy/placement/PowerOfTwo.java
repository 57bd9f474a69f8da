package io.sagebench.policy.placement;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.List;
import java.util.random.RandomGenerator;

/// The less loaded of two engines drawn by lot (Mitzenmacher: The power of two choices in randomized load balancing, 2001).
public final class PowerOfTwo implements Placement {
    private final RandomGenerator chance;

    /// @param chance made from the run's seed
    public PowerOfTwo(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public EngineView choose(Waiting request, List<EngineView> candidates, PoolView pool) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        int first = chance.nextInt(candidates.size());
        int second = chance.nextInt(candidates.size() - 1);
        if (second >= first) {
            second++;
        }
        EngineView one = candidates.get(first);
        EngineView other = candidates.get(second);
        return LeastWork.compare(one, other) <= 0 ? one : other;
    }
}
