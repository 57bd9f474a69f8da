package io.sagebench.engine.sim;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.Sequence.State;
import io.sagebench.random.Seed;
import io.sagebench.time.TickLog;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An engine that batches continuously by the rules of vLLM's v1 scheduler ([BatchScheduler]) and takes as long for each step as [StepTime]
/// says. It runs on any timeline, live or virtual, and always generates exactly as many tokens as the job allows.
///
/// While all sequences of the batch only decode and no listener insists on each token, it takes many steps at once: until the first sequence
/// is complete, blocks run out, or something comes in between. What it tells, and when, is the same to the nanosecond either way.
public final class SimulatedEngine implements MonitoredEngine {
    private final Timeline timeline;
    private final EngineProfile profile;
    private final EngineDescription description;
    private final BatchScheduler scheduler;
    private final StepLoad load = new StepLoad();
    private final StepChance chance;
    private final TickLog ticks = new TickLog();
    private final TokenDelivery delivery;
    private final Timer stretchEnd;
    private EngineObserver observer = EngineObserver.NONE;
    /// Steps that are planned and not yet taken; 0 when the engine is idle.
    private long stretch;
    private boolean asleep;
    /// Whether all KV cache goes when the step under way has ended.
    private boolean dropping;
    private long arrivals;
    private long steps;
    private long promptTokens;
    private long cachedPromptTokens;
    private long generatedTokens;

    /// @param id      unique among the engines beside it
    /// @param models  the names it answers to
    /// @param profile what it is made of
    /// @param seed    of noise and of guessed tokens
    public SimulatedEngine(Timeline timeline, EngineId id, ServedModels models, EngineProfile profile, Seed seed) {
        this.timeline = timeline;
        this.profile = profile;
        this.scheduler = new BatchScheduler(profile);
        this.chance = new StepChance(profile, seed);
        this.delivery = new TokenDelivery(timeline, ticks, profile.overhead().tokenDelayNanos(), chance.isSpeculating());
        this.description = new EngineDescription(
                id,
                "simulated " + profile.name(),
                models,
                profile.scheduler().maxNumSeqs(),
                OptionalInt.of(profile.scheduler().maxModelLen()),
                OptionalLong.of(profile.kvTokens()),
                profile.expectedSpeed(),
                EngineTraits.UNKNOWN.withModel(new ProfileModel(profile)));
        this.stretchEnd = timeline.earlyTimer(0, this::endStretch);
    }

    /// The same with a seed made from its id: for profiles without noise and speculation, and where one engine is all there is.
    public SimulatedEngine(Timeline timeline, EngineId id, ServedModels models, EngineProfile profile) {
        this(timeline, id, models, profile, new Seed(0).child(id.value()));
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// Begins one job. One that can never fit, or that asks for an embedding, fails with status 400.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        var sequence = new Sequence(job, events, arrivals++);
        sequence.queuedAtNanos = timeline.nowNanos() + profile.overhead().apiNanos();
        Timer arrival = timeline.at(sequence.queuedAtNanos, () -> arrive(sequence));
        return new Work(sequence, arrival);
    }

    @Override
    public long untoldTokens() {
        return delivery.untoldTokens();
    }

    @Override
    public OptionalInt kvBlockSize() {
        return OptionalInt.of(profile.scheduler().blockSize());
    }

    @Override
    public void observe(EngineObserver observer) {
        this.observer = observer;
    }

    @Override
    public void sleep() {
        asleep = true;
        dropping = true;
        interrupt();
        if (stretch == 0) {
            dropAll();
        }
    }

    @Override
    public void wake() {
        asleep = false;
        if (stretch == 0) {
            beginStretch(timeline.nowNanos(), 0);
        }
    }

    @Override
    public EngineStats stats() {
        interrupt();
        return new EngineStats(
                running(),
                waiting(),
                kvUsage(),
                steps,
                scheduler.preemptions(),
                scheduler.prefixQueryTokens(),
                scheduler.prefixHitTokens(),
                promptTokens,
                cachedPromptTokens,
                generatedTokens,
                chance.drafts(),
                chance.draftTokens(),
                chance.acceptedPerPosition(),
                asleep);
    }

    /// Sequences in the batch.
    public int running() {
        return scheduler.running().size();
    }

    /// Sequences that wait to be admitted.
    public int waiting() {
        return scheduler.waiting().all().size();
    }

    /// Share of the KV blocks that live sequences hold, from 0 to 1, at the last step that was looked at by itself.
    public double kvUsage() {
        return (double) scheduler.kvCache().usedBlocks() / profile.kvBlocks();
    }

    /// Steps taken so far.
    public long steps() {
        return steps;
    }

    /// Preemptions so far.
    public long preemptions() {
        return scheduler.preemptions();
    }

    /// Pages of ticks it keeps in memory.
    int tickPages() {
        return ticks.pagesHeld();
    }

    private void arrive(Sequence sequence) {
        EngineJob job = sequence.job;
        if (job.isEmbedding()) {
            fail(sequence, "the model '" + job.model() + "' does not support embeddings");
            return;
        }
        long total = job.mostTokens();
        if (!description.fits(total)) {
            fail(
                    sequence,
                    "this model's maximum context length is "
                            + Math.min(profile.scheduler().maxModelLen(), profile.kvTokens())
                            + " tokens, but " + total + " were asked for (" + job.promptTokens() + " in the prompt, "
                            + job.maxOutputTokens() + " to generate)");
            return;
        }
        scheduler.arrived(sequence);
        if (stretch == 0) {
            beginStretch(sequence.queuedAtNanos, 0);
        } else if (scheduler.couldAdmitNext(sequence)) {
            interrupt();
        }
    }

    private static void fail(Sequence sequence, String message) {
        sequence.state = State.ENDED;
        sequence.events.failed(new EngineFailure(400, message));
    }

    private void cancel(Sequence sequence) {
        if (sequence.cancelled) {
            return;
        }
        interrupt();
        boolean queued = sequence.state == State.WAITING || sequence.state == State.RUNNING;
        scheduler.remove(sequence);
        sequence.cancelled = true;
        delivery.cancelled(sequence);
        if (queued) {
            observer.ended(report(sequence, SequenceReport.Ending.CANCELLED));
        }
    }

    /// Plans the steps that come next, if there is anything to do.
    ///
    /// @param beginsAtNanos when the first begins by the model: the very end of the step before, even if a live timeline noticed it late. So
    ///                      what the machine is late by never adds up to a slower engine; nor does it change the batches, since nobody joins
    ///                      a step that began before it came
    /// @param fraction      of a nanosecond later, in units of 2^-16
    private void beginStretch(long beginsAtNanos, int fraction) {
        stretch = 0;
        if (dropping) {
            dropAll();
        }
        if (asleep) {
            return;
        }
        do { // once more when all who could run have yielded
            scheduler.plan(beginsAtNanos);
            load.measure(scheduler.running());
        } while (load.tokens() == 0 && scheduler.preempted());
        endRows();
        if (load.tokens() == 0) {
            Sequence next = scheduler.waiting().peek();
            if (next != null && next.queuedAtNanos > beginsAtNanos) {
                beginStretch(next.queuedAtNanos, 0);
            }
            return;
        }
        long interval = chance.noisy(load.units(profile.stepTime()));
        long growth = load.repeats() ? load.sequences() * profile.stepTime().contextUnits() : 0;
        stretch = stretchLength(interval, growth);
        ticks.addRun(beginsAtNanos, fraction, interval, growth, stretch);
        observer.stepped(load.tokens());
        stretchEnd.armAt(ticks.atNanos(ticks.size() - 1));
    }

    private long stretchLength(long interval, long growth) {
        if (!load.repeats() || scheduler.preempted() || chance.differsEachStep()) {
            return 1;
        }
        long room = scheduler.kvCache().stepsWithRoom(scheduler.running(), load.fewestTokensLeft());
        return TickLog.mostTicks(interval, growth, room);
    }

    /// The rows of tokens of those who are not part of the next step have ended.
    private void endRows() {
        List<Sequence> yielded = scheduler.yielded();
        for (int i = 0; i < yielded.size(); i++) {
            endRow(yielded.get(i));
        }
        yielded.clear();
        List<Sequence> running = scheduler.running();
        for (int i = 0; i < running.size(); i++) {
            if (running.get(i).scheduled == 0) {
                endRow(running.get(i));
            }
        }
    }

    private void endRow(Sequence sequence) {
        if (sequence.rowBegan != Sequence.NEVER) {
            sequence.endRow(ticks.size(), profile.overhead().tokenDelayNanos());
        }
    }

    /// Something happens that may change what comes after the step under way: takes the steps that have ended by now, and lets the stretch
    /// end with the one under way.
    private void interrupt() {
        if (stretch <= 1) {
            return;
        }
        long taken = ticks.countInLastRun(timeline.nowNanos());
        if (taken >= stretch) {
            return; // a live timeline that is late: its end comes next
        }
        ticks.cutLastRun(taken + 1);
        stretch = taken + 1;
        stretchEnd.armAt(ticks.atNanos(ticks.size() - 1));
        decode(taken);
    }

    private void endStretch() {
        decode(stretch - 1);
        endStep();
        long last = ticks.size() - 1;
        beginStretch(ticks.atNanos(last), ticks.fractionAt(last));
    }

    /// Takes some steps of a stretch in which all decode, but not its last one, and reserves what the step after them needs.
    private void decode(long taken) {
        if (taken == 0) {
            return;
        }
        int count = Math.toIntExact(taken);
        List<Sequence> running = scheduler.running();
        KvCache kvCache = scheduler.kvCache();
        long lastNanos = ticks.atNanos(ticks.size() - stretch + taken - 1);
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.computed += count;
            sequence.generated += count;
            sequence.lastTokenAtNanos = lastNanos;
            if (!kvCache.reserve(sequence, sequence.computed + 1)) {
                throw new IllegalStateException("out of KV blocks within a stretch that was to have them");
            }
            kvCache.commit(sequence, sequence.computed + 1);
        }
        steps += taken;
        generatedTokens += taken * running.size();
        stretch -= taken;
    }

    /// Takes the last step of a stretch, for each sequence as it was planned.
    private void endStep() {
        long nowNanos = ticks.atNanos(ticks.size() - 1);
        List<Sequence> running = scheduler.running();
        int kept = 0;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            int sampled = compute(sequence);
            sequence.scheduled = 0;
            if (sampled > 0) {
                sampled(sequence, sampled, nowNanos);
            }
            if (!sequence.isComplete()) {
                running.set(kept++, sequence);
            }
        }
        running.subList(kept, running.size()).clear();
        steps++;
        stretch = 0;
        delivery.endStep(nowNanos);
    }

    /// Computes what was planned for a sequence.
    ///
    /// @return how many tokens it sampled
    private int compute(Sequence sequence) {
        if (sequence.scheduled == 0) {
            return 0;
        }
        if (sequence.isDecoding()) {
            int sampled = chance.tokensOf(sequence);
            sequence.computed += sampled;
            sequence.generated += sampled;
            return sampled;
        }
        sequence.computed += sequence.scheduled;
        if (sequence.behind() > 0) {
            return 0;
        }
        sequence.generated++;
        return 1;
    }

    private void sampled(Sequence sequence, int count, long nowNanos) {
        generatedTokens += count;
        if (sequence.firstTokenAtNanos == Sequence.NEVER) {
            sequence.firstTokenAtNanos = nowNanos;
            promptTokens += sequence.job.promptTokens();
            cachedPromptTokens += sequence.cachedPromptTokens;
        }
        sequence.lastTokenAtNanos = nowNanos;
        if (sequence.rowBegan == Sequence.NEVER) {
            sequence.beginRow(ticks);
        }
        if (sequence.isComplete()) {
            sequence.state = State.ENDED;
            scheduler.kvCache().release(sequence);
            sequence.endRow(ticks.size(), profile.overhead().tokenDelayNanos());
            observer.ended(report(sequence, SequenceReport.Ending.FINISHED));
        }
        delivery.sampled(sequence, count);
    }

    private void dropAll() {
        dropping = false;
        scheduler.preemptAll();
        endRows();
        scheduler.kvCache().forget();
    }

    private static SequenceReport report(Sequence sequence, SequenceReport.Ending ending) {
        return new SequenceReport(
                sequence.job,
                ending,
                sequence.queuedAtNanos,
                ifEver(sequence.admittedAtNanos),
                ifEver(sequence.firstTokenAtNanos),
                ifEver(sequence.lastTokenAtNanos),
                sequence.cachedPromptTokens,
                sequence.generated);
    }

    private static OptionalLong ifEver(long nanos) {
        return nanos == Sequence.NEVER ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    private final class Work implements EngineWork {
        private final Sequence sequence;
        private final Timer arrival;

        Work(Sequence sequence, Timer arrival) {
            this.sequence = sequence;
            this.arrival = arrival;
        }

        @Override
        public void cancel() {
            arrival.cancel();
            SimulatedEngine.this.cancel(sequence);
        }

        @Override
        public int untoldTokens() {
            return delivery.untoldTokens(sequence);
        }

        @Override
        public OptionalLong lastUntoldAtNanos() {
            return delivery.lastUntoldAtNanos(sequence);
        }
    }
}
