package io.sagebench.controlplane;

import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engines of a control plane, and the view of them that policies get.
final class Pool implements PoolView {
    private final Timeline timeline;
    private final Map<EngineId, EngineSlot> byId = new LinkedHashMap<>();
    private final List<EngineSlot> slots;
    private final List<EngineView> candidates = new ArrayList<>();
    /// Whether a policy drives engines token by token.
    private boolean scheduled;

    Pool(Timeline timeline, List<Engine> engines) {
        this.timeline = timeline;
        for (Engine engine : engines) {
            var slot = new EngineSlot(engine);
            if (byId.putIfAbsent(slot.description().id(), slot) != null) {
                throw new IllegalArgumentException("two engines are named " + slot.description().id());
            }
        }
        slots = List.copyOf(byId.values());
    }

    List<EngineSlot> slots() {
        return slots;
    }

    @Nullable EngineSlot slot(EngineId id) {
        return byId.get(id);
    }

    /// Hands the engines that can be driven token by token to the scheduling of the policy in force, or back to their own.
    void scheduleBy(Optional<TokenScheduling> scheduling) {
        if (scheduling.isPresent() || scheduled) {
            for (EngineSlot slot : slots) {
                if (slot.description().traits().switchesModels()) {
                    slot.engine.scheduleBy(scheduling);
                }
            }
        }
        scheduled = scheduling.isPresent();
    }

    /// Whether any engine serves this lane at all.
    boolean serves(Lane lane) {
        return slots.stream().anyMatch(slot -> slot.serves(lane));
    }

    /// Whether any engine can ever run a request of that size in that lane.
    boolean fits(Lane lane, long totalTokens) {
        return slots.stream()
                .anyMatch(slot -> slot.serves(lane) && slot.description().fits(totalTokens));
    }

    /// What the request will take on the engine that is fastest for it as loaded now, but without the prompts queued there: those will be
    /// gone when its turn comes.
    Waiting.Prediction predict(Lane lane, int promptTokens, int outputTokens) {
        double bestPrefill = Double.MAX_VALUE;
        double bestDecode = Double.MAX_VALUE;
        for (EngineSlot slot : slots) {
            if (slot.serves(lane)) {
                double prefill = slot.speed.prefillNanos(promptTokens, (double) promptTokens * promptTokens);
                double context = promptTokens + outputTokens / 2.0;
                double step = slot.speed.stepNanos(context * (slot.running() + 1), slot.running() + 1.0);
                double decode = step * Math.max(0, outputTokens - 1);
                if (prefill + decode < bestPrefill + bestDecode) {
                    bestPrefill = prefill;
                    bestDecode = decode;
                }
            }
        }
        return new Waiting.Prediction(outputTokens, (long) bestPrefill, (long) bestDecode);
    }

    @Override
    public long nowNanos() {
        return timeline.nowNanos();
    }

    @Override
    public boolean hasRoomFor(Lane lane) {
        for (EngineSlot slot : slots) {
            if (slot.hasRoom() && slot.serves(lane)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        candidates.clear();
        for (EngineSlot slot : slots) {
            if (slot.canTake(request)) {
                candidates.add(slot);
            }
        }
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        return Collections.unmodifiableList(slots);
    }

    @Override
    public long predictedTtftNanos(Waiting request, EngineView engine) {
        return Math.round(own(engine).predictedTtftNanos(request));
    }

    @Override
    public long predictedTpotNanos(Waiting request, EngineView engine) {
        return Math.round(own(engine).predictedTpotNanos(request));
    }

    @Override
    public List<InFlight> preemptible() {
        var found = new ArrayList<InFlight>();
        for (EngineSlot slot : slots) {
            for (Ticket ticket : slot.inFlight()) {
                if (ticket.outputTokens == 0) {
                    found.add(new InFlight(ticket.waiting, slot.description().id(), ticket.dispatchSequence));
                }
            }
        }
        found.sort(Comparator.comparingLong(InFlight::dispatchSequence).reversed());
        return found;
    }

    private static EngineSlot own(EngineView engine) {
        if (engine instanceof EngineSlot slot) {
            return slot;
        }
        throw new IllegalArgumentException("not an engine of this pool: " + engine);
    }
}
