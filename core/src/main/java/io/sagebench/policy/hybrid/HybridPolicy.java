package io.sagebench.policy.hybrid;

import static java.util.Comparator.comparingLong;

import io.sagebench.engine.EngineId;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Lane;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.hybrid.EmbeddingCoalescer.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Serves prompts by another policy, and texts to embed in batches. Engines that serve only one of both need no arbitration; on mixed ones the two
/// classes take [Turns], and what one class cannot use just now the other may.
public final class HybridPolicy implements Policy {
    /// Who goes first on engines that serve both.
    enum Precedence {
        /// Texts, always.
        TEXTS,
        /// Prompts, always.
        PROMPTS,
        /// Whose turn it is.
        TURNS
    }

    private final Policy prompts;
    private final LongSupplier firstPromptKeyNanos;
    private final EmbeddingCoalescer coalescer;
    private final Precedence precedence;
    private final ShareRule shares;
    private final StepHeadroom headroom;
    private final Map<Lane, Integer> promptLanes = new HashMap<>();
    private final NavigableSet<Waiting> waitingPrompts = new TreeSet<>(comparingLong(Waiting::sequence));
    private final NavigableSet<Waiting> waitingTexts = new TreeSet<>(comparingLong(Waiting::sequence));
    private final Map<EngineId, Turns> turns = new HashMap<>();
    private final List<EngineView> keptForTexts = new ArrayList<>();
    private final List<EngineView> keptForPrompts = new ArrayList<>();
    private final List<EngineView> mixed = new ArrayList<>();
    private double promptShare;
    private long batches;
    private long batchedTexts;

    /// @param prompts   serves the prompts, and is told of nothing else
    /// @param firstPromptKeyNanos the latest start of the first prompt, where texts are compared with it; else [Long#MIN_VALUE]
    /// @param coalescer of the texts
    /// @param shares    of mixed engines, where turns are taken
    /// @param headroom  is told of the prompts that begin and end
    HybridPolicy(
            Policy prompts,
            LongSupplier firstPromptKeyNanos,
            EmbeddingCoalescer coalescer,
            Precedence precedence,
            ShareRule shares,
            StepHeadroom headroom) {
        this.prompts = prompts;
        this.firstPromptKeyNanos = firstPromptKeyNanos;
        this.coalescer = coalescer;
        this.precedence = precedence;
        this.shares = shares;
        this.headroom = headroom;
    }

    @Override
    public void arrived(Waiting request) {
        if (request.type().isGeneration()) {
            waitingPrompts.add(request);
            promptLanes.merge(request.lane(), 1, Integer::sum);
            prompts.arrived(request);
        } else {
            waitingTexts.add(request);
            coalescer.add(request);
        }
    }

    @Override
    public void withdrawn(Waiting request) {
        if (request.type().isGeneration()) {
            noLongerWaits(request);
            prompts.withdrawn(request);
        } else {
            waitingTexts.remove(request);
            coalescer.remove(request);
        }
    }

    private void noLongerWaits(Waiting prompt) {
        if (waitingPrompts.remove(prompt)) {
            promptLanes.computeIfPresent(prompt.lane(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public Decision next(PoolView pool) {
        shares.becameLate(Work.TEXTS, coalescer.demote(pool.nowNanos()));
        takeTurns(pool);
        if (precedence == Precedence.TEXTS || isTextMoreUrgent(pool)) {
            Decision texts = texts(pool, engine -> !keptForPrompts.contains(engine));
            if (!(texts instanceof Decision.Hold)) {
                return texts;
            }
        }
        Decision prompt = prompt(pool);
        if (!(prompt instanceof Decision.Hold(long promptsHoldUntilNanos))) {
            return prompt;
        }
        Decision texts = texts(pool, _ -> true); // the prompts can use nothing that is theirs
        return texts instanceof Decision.Hold(long textsHoldUntilNanos)
                ? new Decision.Hold(Math.min(promptsHoldUntilNanos, textsHoldUntilNanos))
                : texts;
    }

    /// Finds out for whom each mixed engine is now.
    private void takeTurns(PoolView pool) {
        keptForTexts.clear();
        keptForPrompts.clear();
        mixed.clear();
        for (EngineView engine : pool.engines()) {
            if (engine.description().models().isMixed()) {
                mixed.add(engine);
            }
        }
        if (mixed.isEmpty() || precedence != Precedence.TURNS) {
            return;
        }
        promptShare = shares.promptShare(pool.nowNanos(), firstOf(waitingPrompts), firstOf(waitingTexts));
        List<Flow> due = coalescer.due(pool);
        for (EngineView engine : mixed) {
            boolean wantedByPrompts = isWantedByPrompts(engine);
            boolean wantedByTexts = isWantedByTexts(engine, due, pool);
            if (!wantedByPrompts && !wantedByTexts) {
                continue;
            }
            switch (turnsOn(engine).turn(promptShare, wantedByPrompts, wantedByTexts)) {
                case PROMPTS -> keptForPrompts.add(engine);
                case TEXTS -> keptForTexts.add(engine);
            }
        }
    }

    private boolean isTextMoreUrgent(PoolView pool) {
        long promptNanos = firstPromptKeyNanos.getAsLong();
        return promptNanos != Long.MIN_VALUE
                && coalescer.mostUrgent(pool).filter(text -> Deadlines.latestStartNanos(text) < promptNanos).isPresent();
    }

    private boolean isWantedByPrompts(EngineView engine) {
        for (Lane lane : promptLanes.keySet()) {
            if (engine.description().models().serves(lane.model(), lane.type())) {
                return true;
            }
        }
        return false;
    }

    private boolean isWantedByTexts(EngineView engine, List<Flow> due, PoolView pool) {
        for (Flow flow : due) {
            if (coalescer.wants(engine, flow, pool)) {
                return true;
            }
        }
        return false;
    }

    private Decision prompt(PoolView pool) {
        if (waitingPrompts.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Decision decision = prompts.next(new PromptPool(pool, keptForTexts));
        switch (decision) {
            case Decision.Dispatch(Waiting request, EngineId engine) -> {
                noLongerWaits(request);
                sent(request, engine, pool);
            }
            case Decision.Reject(Waiting request, String _) -> {
                noLongerWaits(request);
                shares.becameLate(Work.PROMPTS, 1);
            }
            case Decision.DispatchTogether(List<Waiting> requests, EngineId _) -> requests.forEach(this::noLongerWaits);
            case Decision.Preempt _, Decision.Hold _ -> {}
        }
        return decision;
    }

    private void sent(Waiting prompt, EngineId to, PoolView pool) {
        if (pool.nowNanos() <= Deadlines.lateAfterNanos(prompt)) {
            shares.sentInTime(Work.PROMPTS, 1);
        }
        for (EngineView engine : mixed) {
            if (engine.description().id().equals(to)) {
                headroom.begun(prompt, engine, pool);
                turnsOn(engine).pay(Work.PROMPTS, costNanos(prompt, engine, pool));
            }
        }
    }

    /// Its prefill, and its part of the steps that it shares with what runs there.
    private static long costNanos(Waiting prompt, EngineView engine, PoolView pool) {
        long decodeNanos = prompt.predicted().decodeSteps() * pool.predictedTpotNanos(prompt, engine);
        return prompt.predicted().prefillNanos() + decodeNanos / (engine.running() + 1);
    }

    private Decision texts(PoolView pool, Predicate<EngineView> open) {
        Optional<Batch> next = coalescer.isEmpty() ? Optional.empty() : coalescer.next(pool, open);
        if (next.isEmpty()) {
            return new Decision.Hold(coalescer.nextDueAtNanos(pool.nowNanos()));
        }
        Batch batch = next.get();
        int inTime = 0;
        for (Waiting request : batch.members()) {
            coalescer.remove(request);
            waitingTexts.remove(request);
            inTime += pool.nowNanos() <= Deadlines.lateAfterNanos(request) ? 1 : 0;
            batchedTexts += request.ask().textCount();
        }
        batches++;
        shares.sentInTime(Work.TEXTS, inTime);
        if (mixed.contains(batch.engine())) {
            turnsOn(batch.engine()).pay(Work.TEXTS, batch.costNanos());
        }
        EngineId engine = batch.engine().description().id();
        return batch.members().size() == 1
                ? new Decision.Dispatch(batch.members().getFirst(), engine)
                : new Decision.DispatchTogether(batch.members(), engine);
    }

    private Turns turnsOn(EngineView engine) {
        return turns.computeIfAbsent(engine.description().id(), _ -> new Turns());
    }

    private static @Nullable Waiting firstOf(NavigableSet<Waiting> waiting) {
        return waiting.isEmpty() ? null : waiting.first();
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        if (request.type().isGeneration()) {
            prompts.tokens(request, engine, count, nowNanos);
        }
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        if (request.type().isGeneration()) {
            headroom.ended(request, engine);
            prompts.ended(request, engine, outputTokens, ending, nowNanos);
        }
    }

    @Override
    public boolean wantsEachToken() {
        return prompts.wantsEachToken();
    }

    @Override
    public Optional<String> degraded(PoolView pool) {
        return prompts.degraded(new PromptPool(pool, List.of()));
    }

    @Override
    public Map<String, Double> figures() {
        var figures = new LinkedHashMap<>(prompts.figures());
        figures.put("embedding_batches", (double) batches);
        figures.put("embedding_texts_per_batch", batches == 0 ? 0.0 : (double) batchedTexts / batches);
        figures.put("prompt_share", promptShare);
        return figures;
    }

    @Override
    public Optional<Waiting> displacedBy(Waiting arrival) {
        return arrival.type().isGeneration() ? prompts.displacedBy(arrival) : Optional.empty();
    }
}
