package io.sagebench.policy.hybrid;

import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.NarrowedPool;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import java.util.ArrayList;
import java.util.List;

/// The pool as the policy for the prompts sees it: without the engines that are kept for texts now, and without texts in flight.
final class PromptPool extends NarrowedPool {
    private final List<EngineView> kept;
    private final List<EngineView> candidates = new ArrayList<>();

    /// @param kept engines that prompts must not go to now
    PromptPool(PoolView pool, List<EngineView> kept) {
        super(pool);
        this.kept = kept;
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        if (kept.isEmpty()) {
            return whole.hasRoomFor(lane);
        }
        for (EngineView engine : whole.engines()) {
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
            return whole.candidatesFor(request);
        }
        candidates.clear();
        for (EngineView engine : whole.candidatesFor(request)) {
            if (!kept.contains(engine)) {
                candidates.add(engine);
            }
        }
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        if (kept.isEmpty()) {
            return whole.engines();
        }
        var open = new ArrayList<>(whole.engines());
        open.removeAll(kept);
        return open;
    }

    @Override
    public List<InFlight> preemptible() {
        return whole.preemptible().stream()
                .filter(running -> running.request().type().isGeneration())
                .toList();
    }
}
