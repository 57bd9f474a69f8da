package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.engine.sim.multimodel.Served.State;
import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.engine.stepped.SteppedEngine;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An ordinary engine on a card that several models share: it switches between requests, and models take turns, first come, first served.
///
/// A turn begins when a model is loaded: all requests for it that wait by then join its batch, and later ones as long as they came before the
/// first request for another model. The turn ends when its batch is empty, or after a limit once requests for another model wait; what still runs
/// then has its KV cache moved to the host and queues again, behind all that wait. Next comes the model of the first request that waits. A
/// prefill goes before the steps of the batch, as in engines without chunked prefill. When the KV caches of the batch outgrow the memory, the one
/// admitted last is moved to the host and comes back first.
public final class ModelSwitchingEngine implements MonitoredEngine {
    /// Tokens of room that each sequence of the batch must have left when another joins: four blocks of 16, as in the artifact of Aegaeon.
    private static final int LOOKAHEAD_TOKENS = 64;

    private final Timeline timeline;
    private final SteppedEngine card;
    private final SteppedCosts costs;
    private final SwitchingLimits limits;
    private final EngineDescription description;
    private final ModelQueues queues = new ModelQueues();
    private final List<Served> running = new ArrayList<>();
    private int returning;
    private int leaving;
    private int fetching;
    private boolean yielding;
    private boolean hasStepped;
    private long yieldingSinceNanos;
    private long turnBeganAtArrival;
    private long arrivals;
    private long steps;
    private long preemptions;
    private long promptTokens;
    private long generatedTokens;
    private EngineObserver observer = EngineObserver.NONE;
    private boolean asleep;
    private boolean delivering;

    /// @param id         unique among the engines beside it
    /// @param kind       what the card is, for people
    /// @param card       nobody else may drive it
    /// @param firstSpeed what to expect of it before anything was measured
    public ModelSwitchingEngine(
            Timeline timeline, EngineId id, String kind, SteppedEngine card, SwitchingLimits limits, EngineSpeed firstSpeed) {
        this.timeline = timeline;
        this.card = card;
        this.costs = card.costs();
        this.limits = limits;
        int longest = costs.models().stream().mapToInt(costs::mostTokens).max().orElseThrow();
        this.description = new EngineDescription(
                id,
                kind,
                new ServedModels(costs.models()),
                limits.maxNumSeqs() * costs.models().size(),
                OptionalInt.of(longest),
                OptionalLong.empty(),
                firstSpeed);
    }

    /// One on a simulated card.
    public static ModelSwitchingEngine simulated(
            Timeline timeline, EngineId id, MultiModelProfile profile, SwitchingLimits limits) {
        return new ModelSwitchingEngine(
                timeline, id, "simulated " + profile.name(), new SimulatedCard(timeline, profile), limits, profile.expectedSpeed());
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// Begins one job. One for a model it does not have fails with status 404, one that can never fit or is an embedding with 400. A job for
    /// `default` goes to the model that is loaded, or else to the first by name.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        Optional<EngineFailure> hindrance = hindrance(job);
        if (hindrance.isPresent()) {
            return timeline.after(limits.apiNanos(), () -> events.failed(hindrance.get()))::cancel;
        }
        var served = new Served(job, events, card.admit(job, modelOf(job)));
        Timer arrival = timeline.after(limits.apiNanos(), () -> arrive(served));
        return () -> {
            arrival.cancel();
            cancel(served);
        };
    }

    /// Prefetched weights count as used KV cache, and a prefill as a step.
    @Override
    public EngineStats stats() {
        double kvUsage = card.loaded()
                .map(model -> 1 - (double) card.freeKvBytes() / costs.kvBytes(model))
                .orElse(0.0);
        int waiting = queues.size() + returning;
        return new EngineStats(
                running.size(), waiting, kvUsage, steps, preemptions, 0, 0, promptTokens, 0, generatedTokens, 0, 0, List.of(), asleep);
    }

    @Override
    public void observe(EngineObserver observer) {
        this.observer = observer;
    }

    /// Begins nothing more. KV caches are not dropped but moved to the host, and come back after [#wake].
    @Override
    public void sleep() {
        asleep = true;
        proceed();
    }

    @Override
    public void wake() {
        asleep = false;
        proceed();
    }

    private Optional<EngineFailure> hindrance(EngineJob job) {
        if (!description.models().serves(job.model())) {
            return Optional.of(new EngineFailure(404, "model '" + job.model() + "' is not among " + costs.models()));
        }
        if (job.isEmbedding()) {
            return Optional.of(new EngineFailure(400, "model " + modelOf(job) + " does not embed texts"));
        }
        int most = costs.mostTokens(modelOf(job));
        if (job.mostTokens() > most) {
            return Optional.of(new EngineFailure(
                    400, "this model's maximum context length is " + most + " tokens, but " + job.mostTokens() + " were asked for"));
        }
        return Optional.empty();
    }

    private String modelOf(EngineJob job) {
        if (!job.model().equals(ServedModels.ANY)) {
            return job.model();
        }
        return card.loaded().orElseGet(() -> costs.models().iterator().next());
    }

    private void arrive(Served served) {
        served.queued(timeline.nowNanos());
        enqueue(served, arrivals++);
        proceed();
    }

    private void enqueue(Served served, long order) {
        served.state = State.QUEUED;
        served.order = order;
        queues.add(served);
    }

    private void cancel(Served served) {
        if (served.state != State.ENDED) {
            boolean arrived = served.state != State.ARRIVING;
            leave(served);
            if (arrived) {
                observer.ended(served.report(Ending.CANCELLED));
            }
        }
    }

    private void leave(Served served) {
        served.state = State.ENDED;
        queues.remove(served);
        running.remove(served);
        card.release(served.sequence);
    }

    /// Begins what comes next, when the processor is idle. Each operation's end comes back here.
    private void proceed() {
        if (asleep && !delivering && !card.isBusy()) {
            List.copyOf(running).forEach(served -> moveOut(served, served.order));
        }
        while (!asleep && !delivering && !card.isBusy()) {
            Optional<String> loaded = card.loaded();
            boolean goesOn;
            if (loaded.isEmpty() || isTurnOver(loaded.get())) {
                goesOn = switchModel(loaded.orElse(""));
            } else {
                goesOn = admitNext(loaded.get()) || stepBatch();
            }
            if (!goesOn) {
                return; // something comes back here: an arrival, or the end of a transfer
            }
        }
    }

    /// Whether the loaded model has to give way to one that requests wait for.
    private boolean isTurnOver(String loaded) {
        Optional<Served> rival = queues.firstExcept(loaded);
        if (rival.isEmpty()) {
            yielding = false;
            return false;
        }
        if (!yielding) {
            yielding = true;
            hasStepped = false;
            yieldingSinceNanos = timeline.nowNanos();
            prefetch(rival.get().model());
        }
        boolean overdue = hasStepped && timeline.nowNanos() - yieldingSinceNanos >= limits.turnNanos();
        boolean done = running.isEmpty() && queues.first(loaded).filter(this::mayJoin).isEmpty();
        return returning == 0 && (done || overdue);
    }

    /// Whether a request for the loaded model belongs to this turn.
    private boolean mayJoin(Served served) {
        return served.order < turnBeganAtArrival
                || queues.firstExcept(served.model()).filter(rival -> rival.order < served.order).isEmpty();
    }

    private void prefetch(String model) {
        if (limits.prefetch() && fetching == 0 && !card.prefetched().contains(model)) {
            boolean began = card.prefetch(model, () -> {
                fetching--;
                proceed();
            });
            fetching += began ? 1 : 0;
        }
    }

    /// @return whether something was begun or changed
    private boolean switchModel(String from) {
        Optional<Served> next = queues.firstExcept(from);
        if (next.isEmpty()) {
            return false;
        }
        String model = next.get().model();
        for (Served served : List.copyOf(running)) {
            moveOut(served, arrivals++);
        }
        yielding = false;
        return card.switchTo(model, this::beginTurn) || dropPrefetched();
    }

    private void beginTurn() {
        turnBeganAtArrival = arrivals;
        proceed();
    }

    private void moveOut(Served served, long order) {
        running.remove(served);
        enqueue(served, order);
        leaving++;
        card.kvOut(served.sequence, () -> {
            leaving--;
            proceed();
        });
    }

    /// Takes the first that waits for the loaded model into the batch, if it may join and there is room.
    private boolean admitNext(String loaded) {
        Optional<Served> first = queues.first(loaded);
        if (first.filter(this::mayJoin).isEmpty() || running.size() + returning >= limits.maxNumSeqs()) {
            return false;
        }
        Served served = first.get();
        boolean isNew = served.sequence.contextTokens() == 0;
        boolean alone = running.isEmpty() && returning == 0;
        if (!isNew && served.sequence.kvPlace() != KvPlace.ON_HOST) {
            return false;
        }
        boolean began = (alone || hasRoomBeside(served, isNew)) && (isNew ? prefill(served) : moveIn(served));
        if (began) {
            queues.remove(served);
        }
        return began || (alone && dropPrefetched());
    }

    private boolean hasRoomBeside(Served served, boolean isNew) {
        int own = isNew ? served.job.promptTokens() : served.sequence.contextTokens();
        long lookahead = (long) LOOKAHEAD_TOKENS * (running.size() + returning + 1);
        return card.freeKvBytes() >= (own + lookahead) * costs.kvBytesPerToken(served.model());
    }

    private boolean prefill(Served served) {
        boolean began = card.prefill(served.sequence, () -> {
            promptTokens += served.job.promptTokens();
            deliver(List.of(served));
        });
        if (began) {
            steps++;
            served.admitted(timeline.nowNanos());
            served.state = State.RUNNING;
            running.add(served);
            observer.stepped(served.job.promptTokens());
        }
        return began;
    }

    private boolean moveIn(Served served) {
        boolean began = card.kvIn(served.sequence, () -> {
            returning--;
            if (served.state == State.RETURNING) {
                served.state = State.RUNNING;
                running.add(served);
            }
            proceed();
        });
        if (began) {
            returning++;
            served.state = State.RETURNING;
        }
        return began;
    }

    private boolean stepBatch() {
        if (running.isEmpty()) {
            return false;
        }
        List<Served> batch = List.copyOf(running);
        List<SteppedSequence> sequences = batch.stream().map(served -> served.sequence).toList();
        boolean began = card.step(sequences, () -> deliver(batch));
        if (began) {
            steps++;
            hasStepped = true;
            observer.stepped(batch.size());
            return true;
        }
        if (dropPrefetched()) {
            return true;
        }
        if (leaving == 0 && fetching == 0) {
            preemptions++;
            moveOut(running.getLast(), running.getLast().order);
        }
        return false;
    }

    /// Gives up weights fetched in advance, for room.
    private boolean dropPrefetched() {
        List<String> ready = List.copyOf(card.prefetched());
        ready.forEach(card::drop);
        return !ready.isEmpty();
    }

    /// Tells of the tokens that the processor has just brought, and goes on.
    private void deliver(List<Served> batch) {
        delivering = true;
        for (Served served : batch) {
            if (served.state == State.RUNNING) { // it may be cancelled, also by an event of an earlier one
                token(served);
            }
        }
        delivering = false;
        proceed();
    }

    private void token(Served served) {
        generatedTokens++;
        served.token(timeline.nowNanos());
        served.events.tokens(1);
        if (served.sequence.isComplete() && served.state == State.RUNNING) {
            leave(served);
            observer.ended(served.report(Ending.FINISHED));
            served.events.finished(new EngineResult(served.job.promptTokens(), 0, served.sequence.generatedTokens()));
        }
    }
}
