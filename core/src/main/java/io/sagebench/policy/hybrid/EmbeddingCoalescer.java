package io.sagebench.policy.hybrid;

import io.sagebench.engine.EngineDescription;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.placement.LeastPredictedTtft;
import io.sagebench.policy.placement.Placement;
import io.sagebench.request.RequestType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Collects embedding requests by model and form until a batch of them should go: when it is full in texts or tokens, when one of its members has
/// waited long enough or must start now, or when an engine is idle and enough texts are there.
final class EmbeddingCoalescer {
    private final BatchLimits limits;
    private final Urgency urgency;
    private final StepHeadroom headroom;
    private final Placement placement = new LeastPredictedTtft();
    private final Map<Flow.Key, Flow> flows = new LinkedHashMap<>();
    private final List<EngineView> usable = new ArrayList<>();

    EmbeddingCoalescer(BatchLimits limits, Urgency urgency, StepHeadroom headroom) {
        this.limits = limits;
        this.urgency = urgency;
        this.headroom = headroom;
    }

    /// Requests to go to an engine by one call.
    ///
    /// @param costNanos what they will take there, as predicted
    record Batch(List<Waiting> members, EngineView engine, long costNanos) {}

    void add(Waiting request) {
        flows.computeIfAbsent(Flow.Key.of(request), _ -> new Flow(urgency)).add(request);
    }

    void remove(Waiting request) {
        Flow.Key key = Flow.Key.of(request);
        Flow flow = flows.get(key);
        if (flow != null && flow.remove(request) && flow.isEmpty()) {
            flows.remove(key);
        }
    }

    boolean isEmpty() {
        return flows.isEmpty();
    }

    /// Puts those that are late by now behind the others.
    ///
    /// @return how many became late
    int demote(long nowNanos) {
        int demoted = 0;
        for (Flow flow : flows.values()) {
            demoted += flow.demote(nowNanos);
        }
        return demoted;
    }

    /// When time alone makes another flow due, in nanoseconds; [Long#MAX_VALUE] for never.
    long nextDueAtNanos(long nowNanos) {
        long nextNanos = Long.MAX_VALUE;
        for (Flow flow : flows.values()) {
            long dueAtNanos = flow.dueAtNanos();
            if (dueAtNanos > nowNanos) {
                nextNanos = Math.min(nextNanos, dueAtNanos);
            } else if (mayWaitForAnswers(flow, nowNanos)) {
                nextNanos = Math.min(nextNanos, urgency.keyNanos(flow.first()) + 1);
            }
        }
        return nextNanos;
    }

    /// The flows that should go now.
    List<Flow> due(PoolView pool) {
        var due = new ArrayList<Flow>();
        flows.forEach((key, flow) -> {
            if (isDue(key, flow, pool)) {
                due.add(flow);
            }
        });
        return due;
    }

    /// Whether a flow that should go now waits for a place on that engine, and not only for the answers there.
    boolean wants(EngineView engine, Flow flow, PoolView pool) {
        Waiting first = flow.first();
        return engine.description().models().serves(first.model(), RequestType.EMBEDDING)
                && canRun(first, engine.description())
                && !(mayWaitForAnswers(flow, pool.nowNanos()) && disturbs(flow.batch(limits), engine, pool));
    }

    /// The key of the most urgent request among those that should go now; absent when none should.
    Optional<Waiting> mostUrgent(PoolView pool) {
        Flow best = null;
        for (Map.Entry<Flow.Key, Flow> each : flows.entrySet()) {
            if (isBefore(each.getValue(), best) && isDue(each.getKey(), each.getValue(), pool)) {
                best = each.getValue();
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.first());
    }

    /// The batch that should go now and can, the most urgent first; left in place.
    ///
    /// @param open which engines it may go to
    Optional<Batch> next(PoolView pool, Predicate<EngineView> open) {
        Batch best = null;
        Flow bestFlow = null;
        for (Map.Entry<Flow.Key, Flow> each : flows.entrySet()) {
            Flow flow = each.getValue();
            if (isBefore(flow, bestFlow) && isDue(each.getKey(), flow, pool)) {
                Batch batch = batchOf(flow, pool, open);
                if (batch != null) {
                    best = batch;
                    bestFlow = flow;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isBefore(Flow flow, @Nullable Flow other) {
        return other == null || flow.isBefore(other);
    }

    private boolean isDue(Flow.Key key, Flow flow, PoolView pool) {
        return flow.fills(limits)
                || flow.dueAtNanos() <= pool.nowNanos()
                || (flow.texts() >= limits.leastTexts() && isAnyIdle(key.model(), pool));
    }

    private static boolean isAnyIdle(String model, PoolView pool) {
        for (EngineView engine : pool.engines()) {
            if (engine.placesTaken() == 0 && engine.description().models().serves(model, RequestType.EMBEDDING)) {
                return true;
            }
        }
        return false;
    }

    /// Whether its first request can still start in time: until then it spares the answers under way.
    private boolean mayWaitForAnswers(Flow flow, long nowNanos) {
        return flow.isInTime() && nowNanos <= urgency.keyNanos(flow.first());
    }

    /// Whether a batch would take more time than the answers on that engine can spare.
    private boolean disturbs(List<Waiting> batch, EngineView engine, PoolView pool) {
        return !engine.description().models().onlyEmbeds()
                && !headroom.allows(batch.getFirst(), costNanos(batch, engine.description()), engine, pool);
    }

    private @Nullable Batch batchOf(Flow flow, PoolView pool, Predicate<EngineView> open) {
        List<Waiting> wanted = flow.batch(limits);
        Waiting first = wanted.getFirst();
        usable.clear();
        boolean specialized = false;
        boolean spares = mayWaitForAnswers(flow, pool.nowNanos());
        for (EngineView engine : pool.candidatesFor(first)) {
            boolean onlyEmbeds = engine.description().models().onlyEmbeds();
            if (!open.test(engine) || (spares && disturbs(wanted, engine, pool))) {
                continue;
            }
            if (limits.preferSpecialized() && onlyEmbeds && !specialized) {
                specialized = true;
                usable.clear();
            }
            if (!specialized || onlyEmbeds) {
                usable.add(engine);
            }
        }
        if (usable.isEmpty()) {
            return null;
        }
        EngineView engine = placement.choose(first, usable, pool);
        List<Waiting> members = fitting(wanted, engine);
        return new Batch(members, engine, costNanos(members, engine.description()));
    }

    /// Those that the engine has places for and takes in one call; the first is known to fit.
    private static List<Waiting> fitting(List<Waiting> wanted, EngineView engine) {
        EngineDescription description = engine.description();
        int places = description.maxConcurrent() - engine.placesTaken();
        int most = Math.min(places, description.traits().maxTextsPerCall().orElse(Integer.MAX_VALUE));
        var members = new ArrayList<Waiting>(wanted.size());
        int texts = 0;
        for (Waiting request : wanted) {
            texts += request.ask().textCount();
            if (!members.isEmpty() && texts > most) {
                break;
            }
            if (members.isEmpty() || canRun(request, description)) {
                members.add(request);
            } else {
                texts -= request.ask().textCount();
            }
        }
        return members;
    }

    /// Whether the engine ever takes it.
    private static boolean canRun(Waiting request, EngineDescription description) {
        return !request.excluded().contains(description.id()) && description.fits(request.mostTokens());
    }

    /// The predicted times of all, less what a call takes however small it is, which they share.
    static long costNanos(List<Waiting> members, EngineDescription description) {
        long sumNanos = 0;
        long longestNanos = 0;
        for (Waiting request : members) {
            sumNanos += request.predicted().prefillNanos();
            longestNanos = Math.max(longestNanos, request.predicted().prefillNanos());
        }
        long baseNanos = Math.round(description.firstSpeed().prefillBaseNanos());
        return Math.max(longestNanos, sumNanos - (members.size() - 1) * baseNanos);
    }
}
