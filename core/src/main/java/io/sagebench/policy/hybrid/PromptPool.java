package io.sagebench.policy.hybrid;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.List;

/// The pool as the policy for the prompts sees it: without the engines that are kept for texts now, and without texts in flight.
final class PromptPool implements PoolView {
    private final PoolView pool;
    private final List<EngineView> kept;
    private final List<EngineView> candidates = new ArrayList<>();

    /// @param kept engines that prompts must not go to now
    PromptPool(PoolView pool, List<EngineView> kept) {
        this.pool = pool;
        this.kept = kept;
    }

    @Override
    public long nowNanos() {
        return pool.nowNanos();
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        if (kept.isEmpty()) {
            return pool.hasRoomFor(lane);
        }
        for (EngineView engine : pool.engines()) {
            var description = engine.description();
            if (engine.placesTaken() < description.maxConcurrent()
                    && description.models().serves(lane.model(), lane.type())
                    && !kept.contains(engine)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        if (kept.isEmpty()) {
            return pool.candidatesFor(request);
        }
        candidates.clear();
        for (EngineView engine : pool.candidatesFor(request)) {
            if (!kept.contains(engine)) {
                candidates.add(engine);
            }
        }
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        if (kept.isEmpty()) {
            return pool.engines();
        }
        var open = new ArrayList<>(pool.engines());
        open.removeAll(kept);
        return open;
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
        return pool.preemptible().stream()
                .filter(running -> running.request().type().isGeneration())
                .toList();
    }
}
