package io.sagebench.controlplane;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.InFlight;
import io.sagebench.policy.Lane;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The engines of a control plane, and the view of them that policies get.
final class Pool implements PoolView {
    private final Timeline timeline;
    private final Map<EngineId, EngineSlot> byId = new LinkedHashMap<>();
    /// Those that get requests, in the order in which they were added.
    private List<EngineSlot> inService = List.of();
    private List<EngineView> view = List.of();
    private final List<EngineView> candidates = new ArrayList<>();
    /// By which the policy in force drives engines token by token, if it does.
    private Optional<TokenScheduling> scheduling = Optional.empty();

    Pool(Timeline timeline) {
        this.timeline = timeline;
    }

    /// @return whether it was put in: not when another has its name
    boolean add(EngineSlot slot) {
        boolean isNew = byId.putIfAbsent(slot.description().id(), slot) == null;
        if (isNew && scheduling.isPresent()) {
            schedule(slot);
        }
        return isNew;
    }

    /// Hands the engines that can be driven token by token to the scheduling of the policy in force, or back to their own.
    void scheduleBy(Optional<TokenScheduling> next) {
        if (next.isPresent() || scheduling.isPresent()) {
            scheduling = next;
            byId.values().forEach(this::schedule);
        }
    }

    private void schedule(EngineSlot slot) {
        if (slot.description().traits().switchesModels()) {
            slot.engine.scheduleBy(scheduling);
        }
    }

    void remove(EngineSlot slot) {
        byId.remove(slot.description().id(), slot);
    }

    /// Engines went into service or out of it.
    void refresh() {
        inService = byId.values().stream().filter(EngineSlot::isInService).toList();
        view = Collections.unmodifiableList(inService);
    }

    /// All engines, in the order in which they were added.
    Collection<EngineSlot> slots() {
        return byId.values();
    }

    /// The engines in service, in the same order.
    List<EngineSlot> inService() {
        return inService;
    }

    @Nullable EngineSlot slot(EngineId id) {
        return byId.get(id);
    }

    /// Whether any engine serves this lane at all, in service or not.
    boolean serves(Lane lane) {
        return anySlot(slot -> slot.serves(lane));
    }

    /// Whether any engine that may serve can ever run a request of that size in that lane.
    boolean fits(Lane lane, long totalTokens) {
        return anySlot(slot -> slot.mayServe() && slot.serves(lane) && slot.description().fits(totalTokens));
    }

    /// Whether an engine of this lane may get requests, now or later.
    boolean mayServe(Lane lane) {
        return anySlot(slot -> slot.mayServe() && slot.serves(lane));
    }

    private boolean anySlot(Predicate<EngineSlot> condition) {
        for (EngineSlot slot : byId.values()) {
            if (condition.test(slot)) {
                return true;
            }
        }
        return false;
    }

    /// What a waiting request can hope for.
    enum Outlook {
        /// An engine in service can run it.
        SERVED,
        /// None in service can, but another may come back.
        HOPING,
        /// None can, whatever happens by itself.
        NONE
    }

    Outlook outlookOf(Waiting request) {
        Outlook best = Outlook.NONE;
        for (EngineSlot slot : byId.values()) {
            if (slot.mayServe() && slot.suits(request)) {
                if (slot.isInService()) {
                    return Outlook.SERVED;
                }
                best = Outlook.HOPING;
            }
        }
        return best;
    }

    /// What the request will take on the engine that is fastest for it as loaded now, but without the prompts queued there: those will be
    /// gone when its turn comes.
    Waiting.Prediction predict(Lane lane, int promptTokens, int outputTokens) {
        double bestPrefill = Double.MAX_VALUE;
        double bestDecode = Double.MAX_VALUE;
        for (EngineSlot slot : byId.values()) {
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
        for (EngineSlot slot : inService) {
            if (slot.hasRoom() && slot.serves(lane)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<EngineView> candidatesFor(Waiting request) {
        candidates.clear();
        for (EngineSlot slot : inService) {
            if (slot.canTake(request)) {
                candidates.add(slot);
            }
        }
        return candidates;
    }

    @Override
    public List<EngineView> engines() {
        return view;
    }

    @Override
    public boolean knows(EngineId engine) {
        return byId.containsKey(engine);
    }

    @Override
    public long predictedTtftNanos(Waiting request, EngineView engine) {
        return Math.round(own(engine).expectedTtftNanos(request, nowNanos()));
    }

    @Override
    public long predictedTpotNanos(Waiting request, EngineView engine) {
        return Math.round(own(engine).expectedTpotNanos(request, nowNanos()));
    }

    @Override
    public List<InFlight> preemptible() {
        var found = new ArrayList<InFlight>();
        for (EngineSlot slot : inService) {
            if (slot.breaker.state() != BreakerState.CLOSED) {
                continue; // to take one back would not make room for another
            }
            for (Ticket ticket : slot.inFlight()) {
                if (ticket.mayBeTakenBack()) {
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
