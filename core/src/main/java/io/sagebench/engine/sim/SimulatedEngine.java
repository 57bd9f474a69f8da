package io.sagebench.engine.sim;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.Sequence.State;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An engine that batches continuously by the rules of vLLM's v1 scheduler: no phases; running sequences first, each up to the token budget
/// left; when KV blocks run out the last running sequence is preempted and recomputed later; waiting sequences are admitted in order, only in
/// a step without preemption, and only when the whole sequence fits. How long a step takes is [StepTime].
///
/// It runs on any timeline, live or virtual, and always generates exactly as many tokens as the job allows.
public final class SimulatedEngine implements MonitoredEngine {
    private static final EngineObserver NOBODY = new EngineObserver() {
        @Override
        public void stepped(int scheduledTokens) {}

        @Override
        public void ended(SequenceReport report) {}
    };

    private final Timeline timeline;
    private final EngineProfile profile;
    private final EngineDescription description;
    private final KvCache kvCache;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final List<Sequence> sampled = new ArrayList<>();
    private final Timer stepEnd;
    private final Timer delivery;
    private final StepLoad step = new StepLoad();
    private long stepEndsAtNanos;
    private long steps;
    private long preemptions;
    private EngineObserver observer = NOBODY;
    private boolean asleep;

    /// @param id      unique among the engines beside it
    /// @param models  the names it answers to
    /// @param profile what it is made of
    public SimulatedEngine(Timeline timeline, EngineId id, ServedModels models, EngineProfile profile) {
        this.timeline = timeline;
        this.profile = profile;
        this.kvCache = new KvCache(profile.kvBlocks(), profile.scheduler().blockSize());
        this.description = new EngineDescription(
                id,
                "simulated " + profile.name(),
                models,
                profile.scheduler().maxNumSeqs(),
                OptionalInt.of(profile.scheduler().maxModelLen()),
                OptionalLong.of(profile.kvTokens()),
                profile.expectedSpeed());
        this.stepEnd = timeline.timer(this::endStep);
        this.delivery = timeline.timer(this::deliver);
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// Begins one job. One that can never fit fails with status 400.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        var sequence = new Sequence(job, events);
        Timer arrival = timeline.after(profile.overhead().apiNanos(), () -> arrive(sequence));
        return () -> {
            arrival.cancel();
            cancel(sequence);
        };
    }

    @Override
    public void observe(EngineObserver observer) {
        this.observer = observer;
    }

    @Override
    public void sleep() {
        asleep = true;
    }

    @Override
    public void wake() {
        asleep = false;
    }

    @Override
    public EngineStats stats() {
        return new EngineStats(
                running.size(), waiting.size(), kvUsage(), steps, preemptions, 0, 0, 0, 0, 0, 0, 0, List.of(), asleep);
    }

    /// Sequences in the batch.
    public int running() {
        return running.size();
    }

    /// Sequences that wait to be admitted.
    public int waiting() {
        return waiting.size();
    }

    /// Share of the KV blocks in use, from 0 to 1.
    public double kvUsage() {
        return (double) kvCache.usedBlocks() / profile.kvBlocks();
    }

    /// Steps taken so far.
    public long steps() {
        return steps;
    }

    /// Preemptions so far.
    public long preemptions() {
        return preemptions;
    }

    private void arrive(Sequence sequence) {
        long total = sequence.job.mostTokens();
        if (!description.fits(total)) {
            sequence.state = State.ENDED;
            sequence.events.failed(new EngineFailure(
                    400,
                    "this model's maximum context length is "
                            + Math.min(profile.scheduler().maxModelLen(), profile.kvTokens())
                            + " tokens, but " + total + " were asked for ("
                            + sequence.job.promptTokens() + " in the prompt, "
                            + sequence.job.maxOutputTokens() + " to generate)"));
            return;
        }
        sequence.state = State.WAITING;
        waiting.addLast(sequence);
        if (!stepEnd.isArmed()) {
            beginStep(timeline.nowNanos());
        }
    }

    private void cancel(Sequence sequence) {
        switch (sequence.state) {
            case WAITING -> waiting.remove(sequence);
            case RUNNING -> {
                running.remove(sequence);
                kvCache.release(sequence);
            }
            case ARRIVING, ENDED -> {}
        }
        sequence.state = State.ENDED;
        sequence.cancelled = true;
    }

    /// @param beginsAtNanos when the step begins by the model: the very end of the step before, even if a live timeline noticed it late. So what
    ///                      the machine is late by never adds up to a slower engine.
    private void beginStep(long beginsAtNanos) {
        step.clear();
        int budget = profile.scheduler().maxNumBatchedTokens();
        boolean preempted = false;
        for (int i = 0; i < running.size() && budget > 0; i++) {
            Sequence sequence = running.get(i);
            int chunk = Math.min(sequence.behind(), budget);
            while (sequence.state == State.RUNNING && !kvCache.reserve(sequence, sequence.computed + chunk)) {
                preempt(running.getLast());
                preempted = true;
            }
            if (sequence.state == State.RUNNING) {
                step.add(sequence, chunk);
                budget -= chunk;
            }
        }
        while (!preempted && budget > 0 && running.size() < profile.scheduler().maxNumSeqs()) {
            Sequence sequence = waiting.peekFirst();
            if (sequence == null || !kvCache.hasRoomFor(sequence.length())) {
                break;
            }
            waiting.removeFirst();
            int chunk = Math.min(sequence.behind(), budget);
            kvCache.reserve(sequence, chunk);
            sequence.state = State.RUNNING;
            running.add(sequence);
            step.add(sequence, chunk);
            budget -= chunk;
        }
        if (step.tokens > 0) {
            steps++;
            observer.stepped(step.tokens);
            stepEndsAtNanos = beginsAtNanos + step.nanos(profile.stepTime());
            stepEnd.armAt(stepEndsAtNanos);
        }
    }

    /// Takes everything from a running sequence; it goes to the front of the queue with its generated tokens kept, to be recomputed.
    private void preempt(Sequence victim) {
        preemptions++;
        running.removeLast();
        kvCache.release(victim);
        victim.computed = 0;
        victim.scheduled = 0;
        victim.state = State.WAITING;
        waiting.addFirst(victim);
    }

    private void endStep() {
        if (delivery.isArmed()) {
            delivery.cancel(); // a step shorter than the token delay: keep the order
            deliver();
        }
        int kept = 0;
        for (int i = 0; i < running.size(); i++) {
            Sequence sequence = running.get(i);
            sequence.computed += sequence.scheduled;
            if (sequence.scheduled > 0 && sequence.behind() == 0) {
                sequence.generated++;
                sampled.add(sequence);
            }
            sequence.scheduled = 0;
            if (sequence.isComplete()) {
                sequence.state = State.ENDED;
                kvCache.release(sequence);
            } else {
                running.set(kept++, sequence);
            }
        }
        running.subList(kept, running.size()).clear();
        if (!sampled.isEmpty()) {
            delivery.armAt(stepEndsAtNanos + profile.overhead().tokenDelayNanos());
        }
        beginStep(stepEndsAtNanos);
    }

    /// Makes the tokens of the last step visible, but for sequences cancelled since then.
    private void deliver() {
        for (int i = 0; i < sampled.size(); i++) {
            Sequence sequence = sampled.get(i);
            if (sequence.cancelled) {
                continue;
            }
            sequence.events.tokens(1);
            if (sequence.isComplete() && !sequence.cancelled) {
                sequence.events.finished(new EngineResult(sequence.job.promptTokens(), 0, sequence.generated));
            }
        }
        sampled.clear();
    }

    /// What is scheduled in one step.
    private static final class StepLoad {
        private int tokens;
        private int sequences;
        private long contextTokens;
        private int prefillChunks;
        private double queryKeyPairs;
        private int sampling;

        void clear() {
            tokens = 0;
            sequences = 0;
            contextTokens = 0;
            prefillChunks = 0;
            queryKeyPairs = 0;
            sampling = 0;
        }

        void add(Sequence sequence, int chunk) {
            sequence.scheduled = chunk;
            tokens += chunk;
            sequences++;
            if (chunk == sequence.behind()) {
                sampling++;
            }
            boolean decoding = chunk == 1 && sequence.computed >= sequence.job.promptTokens();
            if (decoding) {
                contextTokens += sequence.length();
            } else {
                prefillChunks++;
                queryKeyPairs += chunk * (sequence.computed + chunk / 2.0);
            }
        }

        long nanos(StepTime stepTime) {
            return stepTime.nanos(tokens, sequences, contextTokens, prefillChunks, queryKeyPairs, sampling);
        }
    }
}
