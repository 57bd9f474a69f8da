package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.engine.sim.embedding.TextJob.State;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An embedding server that batches like text-embeddings-inference (`core/src/queue.rs`): one queue, first come, first served; a batch takes
/// texts in order while they stay within the token budget and the request limit; one batch at a time; all texts of a batch end together.
///
/// It runs on any timeline, live or virtual. Each text of a job is queued by itself, and the job ends with the last of them; those that come in the
/// same instant are queued before a batch begins, be they of one job or of several. A job that wants an answer generated fails.
public final class EmbeddingEngine implements MonitoredEngine {
    private final Timeline timeline;
    private final EmbeddingProfile profile;
    private final EngineDescription description;
    private final Deque<Text> waiting = new ArrayDeque<>();
    private final Timer batchEnd;
    private final Timer waitEnd;
    private List<Text> batch = new ArrayList<>();
    private int inside;
    private long batchEndsAtNanos;
    private long waitEndsAtNanos;
    private long batches;
    private long embeddedTokens;
    private EngineObserver observer = EngineObserver.NONE;
    private boolean asleep;

    /// @param id      unique among the engines beside it
    /// @param models  the names it answers to
    /// @param profile what it is made of
    public EmbeddingEngine(Timeline timeline, EngineId id, ServedModels models, EmbeddingProfile profile) {
        this.timeline = timeline;
        this.profile = profile;
        this.description = new EngineDescription(
                id,
                "simulated " + profile.name(),
                models.forEmbeddings(),
                profile.batching().maxConcurrentRequests(),
                OptionalInt.of(profile.batching().maxModelLen()),
                OptionalLong.empty(),
                profile.expectedSpeed(),
                EngineTraits.UNKNOWN.withMaxTextsPerCall(profile.batching().maxTextsPerCall()));
        this.batchEnd = timeline.timer(this::endBatch);
        this.waitEnd = timeline.timer(() -> beginIfDue(waitEndsAtNanos));
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// What it is made of.
    public EmbeddingProfile profile() {
        return profile;
    }

    /// Begins one job. No event of tokens comes. One that is no embedding or has a text longer than the model allows fails with status 400, and
    /// one with more texts than the server still takes with 429; an empty server takes any number.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        var arriving = new TextJob(job, events);
        Timer arrival = timeline.after(profile.apiNanos(), () -> arrive(arriving));
        return () -> {
            arrival.cancel();
            cancel(arriving);
        };
    }

    /// No KV cache and no generated tokens; a step is a batch, and what runs or waits are texts.
    @Override
    public EngineStats stats() {
        int running = Math.toIntExact(
                batch.stream().filter(text -> text.of().state == State.INSIDE).count());
        return new EngineStats(
                running, waiting.size(), 0, batches, 0, 0, 0, embeddedTokens, 0, 0, 0, 0, List.of(), asleep);
    }

    @Override
    public void observe(EngineObserver observer) {
        this.observer = observer;
    }

    /// Begins no more batches; one under way still ends.
    @Override
    public void sleep() {
        asleep = true;
        waitEnd.cancel();
    }

    @Override
    public void wake() {
        asleep = false;
        beginIfDue(timeline.nowNanos());
    }

    private void arrive(TextJob job) {
        int longest = profile.batching().maxModelLen();
        if (!job.asked().isEmbedding()) {
            refuse(job, 400, "model " + profile.model() + " only embeds texts: ask it at /v1/embeddings");
        } else if (job.longest() > longest) {
            refuse(job, 400, "this model's maximum context length is " + longest + " tokens, but the text has " + job.longest());
        } else if (inside > 0 && inside + job.count() > profile.batching().maxConcurrentRequests()) {
            refuse(job, 429, "the server is overloaded: it already has " + inside + " texts");
        } else {
            inside += job.count();
            job.enter(timeline.nowNanos());
            waiting.addAll(job.texts());
            beginWithOthers();
        }
    }

    private static void refuse(TextJob job, int status, String message) {
        job.state = State.ENDED;
        job.events().failed(new EngineFailure(status, message));
    }

    /// A text in the batch is still computed with it: a batch cannot be made smaller once it runs.
    private void cancel(TextJob job) {
        State was = job.state;
        job.state = State.ENDED;
        if (was == State.INSIDE) {
            inside -= job.unfinished();
            waiting.removeIf(text -> text.of() == job);
            observer.ended(job.report(Ending.CANCELLED));
        }
    }

    /// Begins the next batch when its time has come, and no earlier than all that comes in this instant is here, unless it is full already.
    private void beginWithOthers() {
        Text first = waiting.peekFirst();
        if (asleep || batchEnd.isArmed() || first == null) {
            return;
        }
        if (isBatchFull()) {
            beginIfDue(timeline.nowNanos());
        } else if (!waitEnd.isArmed()) {
            waitEndsAtNanos = first.of().queuedAtNanos() + profile.batching().maxWaitNanos();
            waitEnd.armAt(Math.max(waitEndsAtNanos, timeline.nowNanos()));
        }
    }

    /// Begins the next batch, if none is under way and the first text has waited long enough for others or the batch is full.
    ///
    /// @param nowNanos when the batch would begin by the model, even if a live timeline noticed it late
    private void beginIfDue(long nowNanos) {
        Text first = waiting.peekFirst();
        if (asleep || batchEnd.isArmed() || first == null) {
            return;
        }
        long dueAtNanos = first.of().queuedAtNanos() + profile.batching().maxWaitNanos();
        if (nowNanos >= dueAtNanos || isBatchFull()) {
            waitEnd.cancel();
            begin(nowNanos);
        } else {
            waitEndsAtNanos = dueAtNanos;
            waitEnd.armAt(dueAtNanos);
        }
    }

    private boolean isBatchFull() {
        var load = new BatchLoad(profile.batching());
        for (Text text : waiting) {
            if (!load.add(text.tokens()) || load.isFull()) {
                return true;
            }
        }
        return false;
    }

    private void begin(long atNanos) {
        var load = new BatchLoad(profile.batching());
        for (Text next = waiting.peekFirst(); next != null && load.add(next.tokens()); next = waiting.peekFirst()) {
            waiting.removeFirst();
            next.of().admitted(atNanos);
            batch.add(next);
        }
        batches++;
        observer.stepped(Math.toIntExact(load.tokens()));
        batchEndsAtNanos = atNanos + profile.batchTime().nanos(load.tokens(), load.queryKeyPairs());
        batchEnd.armAt(batchEndsAtNanos);
    }

    private void endBatch() {
        List<Text> done = batch;
        batch = new ArrayList<>();
        for (Text text : done) {
            TextJob job = text.of();
            if (job.state != State.INSIDE) {
                continue; // an event of an earlier one may have cancelled it
            }
            inside--;
            embeddedTokens += text.tokens();
            if (job.oneLess() == 0) {
                job.state = State.ENDED;
                observer.ended(job.report(Ending.FINISHED));
                job.events().finished(new EngineResult(job.asked().promptTokens(), 0, 0));
            }
        }
        beginIfDue(batchEndsAtNanos);
    }
}
