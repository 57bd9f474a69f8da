package io.sagebench.engine.latency;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ReadFirst;
import io.sagebench.engine.RemotePrefill;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.random.Mix;
import io.sagebench.random.Seed;
import io.sagebench.time.FarTime;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/// An engine that takes as long as it is told: slots, a queue, a time to the first token and a time between tokens, as llm-d-inference-sim has
/// them. It knows no batches, no KV cache pressure and no preemption; [io.sagebench.engine.sim.SimulatedEngine] does.
///
/// It always generates exactly as many tokens as the job allows.
public final class LatencyEngine implements MonitoredEngine {
    private static final EngineObserver NOBODY = new EngineObserver() {
        @Override
        public void stepped(int scheduledTokens) {}

        @Override
        public void ended(SequenceReport report) {}
    };

    private final Timeline timeline;
    private final LatencyProfile profile;
    private final EngineDescription description;
    private final Seed seed;
    private final Optional<PrefixBlocks> cache;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<Job> running = new LinkedHashSet<>();
    private Latencies latencies;
    private EngineObserver observer = NOBODY;
    private boolean asleep;
    private long queriedTokens;
    private long hitTokens;
    private long promptTokens;
    private long cachedPromptTokens;
    private long generatedTokens;

    /// @param id     unique among the engines beside it
    /// @param models the names it answers to
    /// @param seed   of the latencies that are drawn, for each request by its id
    public LatencyEngine(
            Timeline timeline, EngineId id, ServedModels models, LatencyProfile profile, Latencies latencies, Seed seed) {
        this.timeline = timeline;
        this.profile = profile;
        this.latencies = latencies;
        this.seed = seed;
        this.cache = profile.cache().map(size -> new PrefixBlocks(size.blocks(), size.blockSize()));
        this.description = new EngineDescription(
                id,
                "given latencies",
                models,
                profile.maxNumSeqs(),
                OptionalInt.of(profile.maxModelLen()),
                OptionalLong.empty(),
                speed(latencies));
    }

    private static EngineSpeed speed(Latencies latencies) {
        return new EngineSpeed(
                Math.max(latencies.firstToken().meanNanos(), latencies.prefill().baseNanos()),
                latencies.firstToken().isGiven() ? 0 : latencies.prefill().perTokenNanos(),
                0,
                latencies.interToken().meanNanos(),
                0,
                0);
    }

    /// The latencies in force.
    public Latencies latencies() {
        return latencies;
    }

    /// Puts other latencies in force: for first tokens of requests that begin to run from now on, and for tokens after the next one of those that
    /// run.
    public void set(Latencies others) {
        latencies = others;
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// Begins one job. One that can never fit fails with status 400, and one that finds the queue full with 429.
    @Override
    public EngineWork start(EngineJob asked, EngineEvents events) {
        var job = new Job(asked, events);
        job.timer.armAt(timeline.nowNanos());
        return job;
    }

    @Override
    public EngineStats stats() {
        return new EngineStats(
                running.size(),
                waiting.size(),
                cache.map(PrefixBlocks::usage).orElse(0.0),
                0,
                0,
                queriedTokens,
                hitTokens,
                promptTokens,
                cachedPromptTokens,
                generatedTokens,
                0,
                0,
                List.of(),
                asleep);
    }

    @Override
    public OptionalInt kvBlockSize() {
        return profile.cache().map(size -> OptionalInt.of(size.blockSize())).orElse(OptionalInt.empty());
    }

    @Override
    public void observe(EngineObserver other) {
        observer = other;
    }

    @Override
    public void sleep() {
        if (!asleep) {
            asleep = true;
            cache.ifPresent(PrefixBlocks::clear);
            running.forEach(Job::pause);
        }
    }

    @Override
    public void wake() {
        if (asleep) {
            asleep = false;
            running.forEach(Job::resume);
            fillSlots();
        }
    }

    private void fillSlots() {
        while (!asleep && running.size() < profile.maxNumSeqs() && !waiting.isEmpty()) {
            Job next = waiting.removeFirst();
            running.add(next);
            next.run();
        }
    }

    private double load() {
        return latencies.loadFactor(running.size(), profile.maxNumSeqs());
    }

    /// One request. Its times follow from each other rather than from when the timeline noticed them, so that lateness does not add up.
    private final class Job implements EngineWork {
        private final EngineJob asked;
        private final EngineEvents events;
        private final SplittableRandom random;
        private final Timer timer = timeline.timer(this::due);
        private final long queuedAtNanos = timeline.nowNanos();
        private PrefixBlocks.Held held = PrefixBlocks.Held.NOTHING;
        private State state = State.ARRIVING;
        private OptionalLong admittedAtNanos = OptionalLong.empty();
        private OptionalLong firstTokenAtNanos = OptionalLong.empty();
        private OptionalLong lastTokenAtNanos = OptionalLong.empty();
        private long dueAtNanos;
        private long pausedNanos;
        private boolean foundASlot;
        private int generated;

        Job(EngineJob asked, EngineEvents events) {
            this.asked = asked;
            this.events = events;
            this.random = new SplittableRandom(Mix.of(seed.value(), Mix.of(asked.id().value())));
        }

        private void due() {
            switch (state) {
                case ARRIVING -> arrive();
                case RUNNING -> token();
                case WAITING, ENDED -> throw new IllegalStateException("has nothing to do: " + asked.id());
            }
        }

        private void arrive() {
            if (!description.fits(asked.mostTokens())) {
                refuse(new EngineFailure(
                        400,
                        "this model's maximum context length is " + profile.maxModelLen() + " tokens, but "
                                + asked.mostTokens() + " were asked for (" + asked.promptTokens() + " in the prompt, "
                                + asked.maxOutputTokens() + " to generate)"));
                return;
            }
            if (waiting.size() >= profile.maxWaiting() && (asleep || running.size() >= profile.maxNumSeqs())) {
                refuse(new EngineFailure(429, "the waiting queue is full: " + waiting.size() + " requests wait"));
                return;
            }
            state = State.WAITING;
            foundASlot = !asleep && waiting.isEmpty() && running.size() < profile.maxNumSeqs();
            waiting.addLast(this);
            fillSlots();
        }

        private void refuse(EngineFailure failure) {
            state = State.ENDED;
            events.failed(failure);
        }

        void run() {
            state = State.RUNNING;
            long nowNanos = timeline.nowNanos();
            admittedAtNanos = OptionalLong.of(nowNanos);
            held = cache.map(blocks -> blocks.take(asked)).orElse(PrefixBlocks.Held.NOTHING);
            queriedTokens += cache.isPresent() ? asked.promptTokens() : 0;
            hitTokens += held.cachedTokens();
            boolean elsewhere = asked.payload() instanceof RemotePrefill remote && remote.isPrefilledElsewhere();
            dueAtNanos = FarTime.sum(
                    foundASlot ? nowNanos - readingNanos() : nowNanos,
                    latencies.firstTokenNanos(asked.promptTokens(), held.cachedTokens(), elsewhere, load(), random));
            timer.armAt(dueAtNanos);
        }

        /// The given times are those that a client is to see, so they count from when its request came rather than from when it had been read.
        private long readingNanos() {
            return asked.payload() instanceof ReadFirst request ? request.readingNanos() : 0;
        }

        private void token() {
            if (generated == 0) {
                promptTokens += asked.promptTokens();
                cachedPromptTokens += held.cachedTokens();
            }
            if (asked.isEmbedding()) {
                finish();
                return;
            }
            generated++;
            generatedTokens++;
            lastTokenAtNanos = OptionalLong.of(dueAtNanos);
            if (generated == 1) {
                firstTokenAtNanos = lastTokenAtNanos;
            }
            events.tokens(1);
            if (state == State.RUNNING) { // its caller may have cancelled it just now
                proceed();
            }
        }

        private void proceed() {
            if (generated == asked.maxOutputTokens()) {
                finish();
                return;
            }
            dueAtNanos = FarTime.sum(dueAtNanos, latencies.interTokenNanos(load(), random));
            if (asleep) {
                pausedNanos = dueAtNanos - timeline.nowNanos();
            } else {
                timer.armAt(dueAtNanos);
            }
        }

        private void finish() {
            leave(Ending.FINISHED);
            events.finished(new EngineResult(asked.promptTokens(), held.cachedTokens(), generated));
            fillSlots();
        }

        @Override
        public void cancel() {
            if (state == State.ENDED) {
                return;
            }
            timer.cancel();
            waiting.remove(this);
            leave(Ending.CANCELLED);
            fillSlots();
        }

        private void leave(Ending ending) {
            state = State.ENDED;
            running.remove(this);
            cache.ifPresent(blocks -> blocks.release(held));
            observer.ended(new SequenceReport(
                    asked,
                    ending,
                    queuedAtNanos,
                    admittedAtNanos,
                    firstTokenAtNanos,
                    lastTokenAtNanos,
                    held.cachedTokens(),
                    generated));
        }

        void pause() {
            timer.cancel();
            pausedNanos = dueAtNanos - timeline.nowNanos();
        }

        void resume() {
            dueAtNanos = FarTime.sum(timeline.nowNanos(), pausedNanos);
            timer.armAt(dueAtNanos);
        }
    }

    private enum State {
        ARRIVING,
        WAITING,
        RUNNING,
        ENDED
    }
}
