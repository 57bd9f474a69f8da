package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.engine.stepped.CardOperations;
import io.sagebench.engine.stepped.SteppedCosts;
import io.sagebench.engine.stepped.SteppedEngine;
import io.sagebench.engine.stepped.SteppedSequence;
import io.sagebench.engine.stepped.SteppedSequence.KvPlace;
import io.sagebench.engine.stepped.TokenScheduler;
import io.sagebench.engine.stepped.TokenScheduling;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An engine on a card that several models share. Who drives it is a [TokenScheduler]: its own, by which models take turns, first come, first
/// served ([FirstComeTurns]), or one of the policy in force ([#scheduleBy]).
///
/// When another takes over, it begins with a quiet card: what is computed or moved comes to its end first, and KV caches go to the host. No
/// request is lost or begins anew.
public final class ModelSwitchingEngine implements MonitoredEngine {
    private final Timeline timeline;
    private final SteppedEngine card;
    private final SteppedCosts costs;
    private final SwitchingLimits limits;
    private final EngineDescription description;
    private final Operations operations = new Operations();
    /// Those that have arrived and not ended, in the order of their arrival.
    private final Map<SteppedSequence, Served> alive = new LinkedHashMap<>();
    private TokenScheduling scheduling;
    /// None while it sleeps, and until the card is quiet for the next.
    private @Nullable TokenScheduler scheduler;
    private @Nullable SteppedSequence prefilling;
    private @Nullable String fetching;
    private int leaving;
    private int returning;
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
                firstSpeed,
                EngineTraits.UNKNOWN.switchingModels());
        this.scheduling = turns();
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

    @Override
    public void scheduleBy(Optional<TokenScheduling> other) {
        scheduling = other.orElseGet(this::turns);
        scheduler = null;
        proceed();
    }

    private TokenScheduling turns() {
        return (_, operations) -> new FirstComeTurns(operations, limits);
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
        int running = Math.toIntExact(alive.keySet().stream()
                .filter(sequence -> sequence == prefilling || sequence.kvPlace() == KvPlace.ON_DEVICE)
                .count());
        return new EngineStats(
                running, alive.size() - running, kvUsage, steps, preemptions, 0, 0, promptTokens, 0, generatedTokens, 0, 0, List.of(), asleep);
    }

    @Override
    public void observe(EngineObserver observer) {
        this.observer = observer;
    }

    /// Begins nothing more. KV caches are not dropped but moved to the host, and come back after [#wake].
    @Override
    public void sleep() {
        asleep = true;
        scheduler = null;
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
        alive.put(served.sequence, served);
        if (scheduler != null) {
            scheduler.joined(served.sequence, served.queuedAtNanos());
        }
        proceed();
    }

    private void cancel(Served served) {
        boolean arrived = alive.containsKey(served.sequence);
        leave(served);
        if (arrived) {
            observer.ended(served.report(Ending.CANCELLED));
            proceed();
        }
    }

    private void leave(Served served) {
        card.release(served.sequence);
        if (alive.remove(served.sequence) != null && scheduler != null) {
            scheduler.left(served.sequence);
        }
    }

    /// Each operation's end comes back here.
    private void proceed() {
        if (delivering) {
            return;
        }
        if (scheduler == null) {
            putAway();
        }
        if (scheduler != null) {
            scheduler.proceed();
        }
    }

    /// Makes the card quiet, and then has the next scheduler begin.
    private void putAway() {
        if (card.isBusy()) {
            return;
        }
        for (SteppedSequence sequence : alive.keySet()) {
            if (sequence.kvPlace() == KvPlace.ON_DEVICE) {
                operations.kvOut(sequence);
            }
        }
        if (!asleep && leaving == 0 && returning == 0 && fetching == null) {
            TokenScheduler next = scheduling.schedulerFor(description.id(), operations);
            alive.forEach((sequence, served) -> next.joined(sequence, served.queuedAtNanos()));
            scheduler = next;
        }
    }

    /// Tells of the tokens that the processor has just brought, and goes on.
    private void deliver(List<Served> batch) {
        delivering = true;
        for (Served served : batch) {
            if (alive.containsKey(served.sequence)) { // it may be cancelled, also by an event of an earlier one
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
        if (served.sequence.isComplete() && alive.containsKey(served.sequence)) {
            leave(served);
            observer.ended(served.report(Ending.FINISHED));
            served.events.finished(new EngineResult(served.job.promptTokens(), 0, served.sequence.generatedTokens()));
        }
    }

    private Served served(SteppedSequence sequence) {
        Served served = alive.get(sequence);
        if (served == null) {
            throw new IllegalStateException("no sequence of this engine: " + sequence);
        }
        return served;
    }

    /// The card, as its scheduler sees it.
    private final class Operations implements CardOperations {

        @Override
        public SteppedCosts costs() {
            return costs;
        }

        @Override
        public long nowNanos() {
            return timeline.nowNanos();
        }

        @Override
        public Optional<String> loaded() {
            return card.loaded();
        }

        @Override
        public Set<String> prefetched() {
            return card.prefetched();
        }

        @Override
        public Optional<String> fetching() {
            return Optional.ofNullable(fetching);
        }

        @Override
        public int leaving() {
            return leaving;
        }

        @Override
        public boolean isBusy() {
            return card.isBusy();
        }

        @Override
        public long freeKvBytes() {
            return card.freeKvBytes();
        }

        @Override
        public long switchNanos(String model) {
            return card.switchNanos(model);
        }

        @Override
        public boolean switchTo(String model) {
            return card.switchTo(model, ModelSwitchingEngine.this::proceed);
        }

        @Override
        public boolean prefetch(String model) {
            boolean began = fetching == null
                    && card.prefetch(model, () -> {
                        fetching = null;
                        proceed();
                    });
            if (began) {
                fetching = model;
            }
            return began;
        }

        @Override
        public void drop(String model) {
            card.drop(model);
        }

        @Override
        public boolean prefill(SteppedSequence sequence) {
            Served served = served(sequence);
            boolean began = card.prefill(sequence, () -> {
                prefilling = null;
                promptTokens += served.job.promptTokens();
                deliver(List.of(served));
            });
            if (began) {
                prefilling = sequence;
                steps++;
                served.admitted(timeline.nowNanos());
                observer.stepped(served.job.promptTokens());
            }
            return began;
        }

        @Override
        public boolean step(List<SteppedSequence> batch) {
            List<Served> stepping = batch.stream().map(ModelSwitchingEngine.this::served).toList();
            boolean began = card.step(batch, () -> deliver(stepping));
            if (began) {
                steps++;
                observer.stepped(batch.size());
            }
            return began;
        }

        @Override
        public void kvOut(SteppedSequence sequence) {
            leaving++;
            card.kvOut(sequence, () -> {
                leaving--;
                proceed();
            });
        }

        @Override
        public boolean kvIn(SteppedSequence sequence) {
            boolean began = card.kvIn(sequence, () -> {
                returning--;
                proceed();
            });
            returning += began ? 1 : 0;
            return began;
        }

        @Override
        public void countPreemption() {
            preemptions++;
        }
    }
}
