package io.sagebench.policy.aegaeon;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.stepped.CardOperations;
import io.sagebench.engine.stepped.TokenScheduler;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.policy.Decision;
import io.sagebench.policy.EngineView;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PoolView;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.WaitingQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shares GPUs among models (Aegaeon: Xiang et al., SOSP 2025): sends each request to the engine whose group it joins, or that drains soonest, and
/// has the engines that can change models between tokens driven by an [AegaeonCard].
///
/// Engines that serve several models but cannot be driven get one model at a time, by quotas of admission ([EngineBook]).
public final class AegaeonPolicy implements Policy {
    private final AegaeonSettings settings;
    private final WaitingQueue waiting = new WaitingQueue(Comparator.comparingLong(Waiting::sequence));
    private final Map<String, Integer> waitingByModel = new TreeMap<>();
    private final Map<EngineId, EngineBook> books = new HashMap<>();
    private final Map<EngineId, AegaeonCard> cards = new LinkedHashMap<>();

    AegaeonPolicy(AegaeonSettings settings) {
        this.settings = settings;
    }

    @Override
    public void arrived(Waiting request) {
        waiting.add(request);
        waitingByModel.merge(request.model(), 1, Integer::sum);
    }

    @Override
    public void withdrawn(Waiting request) {
        if (waiting.remove(request)) {
            waitingByModel.computeIfPresent(request.model(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public Decision next(PoolView pool) {
        PoolView admissible = new AdmittingPool(pool, this::admits);
        Optional<Waiting> first = waiting.firstServable(admissible);
        if (first.isEmpty()) {
            return Decision.Hold.UNTIL_AN_EVENT;
        }
        Waiting request = first.get();
        EngineView engine = engineFor(request, admissible.candidatesFor(request));
        EngineBook book = bookOf(engine);
        if (book.kind() == EngineBook.Kind.SEVERAL_MODELS) {
            long nowNanos = pool.nowNanos();
            long quotaNanos = quotaNanos(request, engine, book, pool.predictedTpotNanos(request, engine));
            book.admit(request.model(), othersWait(request.model(), engine), nowNanos, quotaNanos);
        }
        withdrawn(request);
        book.sent(request);
        return new Decision.Dispatch(request, engine.description().id());
    }

    /// The first engine with an open group of its model; else the card on which its model decodes, unless another has at least two models fewer; else
    /// the engine that drains soonest, and among equals the one that runs fewest, then the one that was sent fewest so far. An engine with nothing to
    /// switch takes it from a group or card when it drains sooner.
    private EngineView engineFor(Waiting request, List<EngineView> candidates) {
        String model = request.model();
        EngineView soonest = candidates.getFirst();
        long soonestNanos = Long.MAX_VALUE;
        EngineView joined = null;
        EngineView home = null;
        EngineView emptiest = null;
        for (EngineView engine : candidates) {
            EngineBook book = bookOf(engine);
            long nanos = book.drainNanos(model);
            if (nanos < soonestNanos || (nanos == soonestNanos && isLessLoaded(engine, soonest))) {
                soonest = engine;
                soonestNanos = nanos;
            }
            if (joined == null && book.hasOpenGroup(model)) {
                joined = engine;
            }
            if (book.holds(request) && (home == null || book.models() < bookOf(home).models())) {
                home = engine;
            }
            if (book.kind() == EngineBook.Kind.CARD && (emptiest == null || book.models() < bookOf(emptiest).models())) {
                emptiest = engine;
            }
        }
        if (bookOf(soonest).kind() == EngineBook.Kind.ONE_MODEL) {
            return soonest;
        }
        if (joined != null) {
            return joined;
        }
        if (home != null && emptiest != null) {
            return bookOf(emptiest).models() + 2 <= bookOf(home).models() ? emptiest : home;
        }
        return soonest;
    }

    private static boolean isLessLoaded(EngineView one, EngineView other) {
        return one.running() != other.running() ? one.running() < other.running() : one.dispatched() < other.dispatched();
    }

    private EngineBook bookOf(EngineView engine) {
        EngineId id = engine.description().id();
        EngineBook book = books.get(id);
        if (book == null) {
            AegaeonCard card = cards.get(id);
            SwitchTimes times = card == null ? new SwitchTimes(_ -> settings.switchSeconds()) : card.switches();
            book = new EngineBook(engine, settings, times, card == null ? _ -> Long.MAX_VALUE : card::kvTokens);
            books.put(id, book);
        }
        book.align(engine);
        return book;
    }

    private boolean admits(Waiting request, EngineView engine, long nowNanos) {
        EngineBook book = bookOf(engine);
        return book.kind() != EngineBook.Kind.SEVERAL_MODELS
                || book.admits(request.model(), engine, othersWait(request.model(), engine), nowNanos);
    }

    /// Whether requests wait for another model of that engine.
    private boolean othersWait(String model, EngineView engine) {
        for (String other : waitingByModel.keySet()) {
            if (!other.equals(model) && !other.equals(ServedModels.ANY) && engine.description().models().serves(other)) {
                return true;
            }
        }
        return false;
    }

    /// How long a model is admitted once others wait: its quota in a round of the models that wait for the engine.
    private long quotaNanos(Waiting request, EngineView engine, EngineBook book, long stepNanos) {
        double switchSeconds = book.switches().seconds(request.model());
        int models = 1;
        for (String other : waitingByModel.keySet()) {
            if (!other.equals(request.model()) && engine.description().models().serves(other)) {
                models++;
                switchSeconds += book.switches().seconds(other);
            }
        }
        double[] n = new double[models];
        Arrays.fill(n, settings.paceOver(stepNanos));
        return Math.round(Quotas.of(switchSeconds, settings.qmaxSeconds(), settings.alphaMin(), n).seconds().getFirst() * 1e9);
    }

    @Override
    public void tokens(Waiting request, EngineId engine, int count, long nowNanos) {
        EngineBook book = books.get(engine);
        if (book != null) {
            book.prefilled(request);
        }
    }

    @Override
    public void ended(Waiting request, EngineId engine, int outputTokens, Ending ending, long nowNanos) {
        EngineBook book = books.get(engine);
        if (book != null) {
            book.ended(request);
        }
    }

    @Override
    public Optional<TokenScheduling> tokenScheduling() {
        return Optional.of(this::schedulerFor);
    }

    private TokenScheduler schedulerFor(EngineId engine, CardOperations card) {
        var times = new SwitchTimes(model -> card.costs().models().contains(model) ? card.costs().coldSwitchNanos(model) / 1e9 : settings.switchSeconds());
        books.remove(engine);
        var scheduler = new AegaeonCard(settings, card, times);
        cards.put(engine, scheduler);
        return scheduler;
    }

    @Override
    public Optional<String> degraded(PoolView pool) {
        var several = new ArrayList<String>();
        var one = new ArrayList<String>();
        for (EngineView engine : pool.engines()) {
            switch (EngineBook.kindOf(engine)) {
                case CARD -> {}
                case SEVERAL_MODELS -> several.add(engine.description().id().toString());
                case ONE_MODEL -> one.add(engine.description().id().toString());
            }
        }
        return several.isEmpty() && one.isEmpty() ? Optional.empty() : Optional.of(told(several, one));
    }

    private String told(List<String> several, List<String> one) {
        String text = "models change between requests, not between tokens, on engines that cannot be driven step by step";
        if (!several.isEmpty()) {
            text += "; " + String.join(", ", several) + ": one model at a time is admitted, in groups of " + settings.maxGroupSize()
                    + " and by quotas of at most " + settings.qmaxSeconds() + " s once others wait";
        }
        if (!one.isEmpty()) {
            text += "; " + String.join(", ", one) + ": one model, nothing to switch, first come, first served";
        }
        return text;
    }

    /// Means over the cards: `alpha`, `S`, `c` and `q` of the rounds they are in, switches per second, and the share of time spent on them; and the
    /// mean size of the groups so far.
    @Override
    public Map<String, Double> figures() {
        return Figures.of(cards.values(), books.values());
    }
}
