package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.embedding.Text.State;
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
/// It runs on any timeline, live or virtual. Each job is one text; a job that wants an answer generated fails.
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
                profile.expectedSpeed());
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

    /// Begins one job. No event of tokens comes. One that is no embedding or longer than the model allows fails with status 400, and one too
    /// many with 429.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        var text = new Text(job, events);
        Timer arrival = timeline.after(profile.apiNanos(), () -> arrive(text));
        return () -> {
            arrival.cancel();
            cancel(text);
        };
    }

    /// No KV cache and no generated tokens; a step is a batch.
    @Override
    public EngineStats stats() {
        int running = Math.toIntExact(
                batch.stream().filter(text -> text.state == State.RUNNING).count());
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

    private void arrive(Text text) {
        EngineJob job = text.job;
        int longest = profile.batching().maxModelLen();
        if (!job.isEmbedding()) {
            refuse(text, 400, "model " + profile.model() + " only embeds texts: ask it at /v1/embeddings");
        } else if (job.promptTokens() > longest) {
            refuse(text, 400, "this model's maximum context length is " + longest + " tokens, but the text has " + job.promptTokens());
        } else if (inside == profile.batching().maxConcurrentRequests()) {
            refuse(text, 429, "the server is overloaded: it already has " + inside + " texts");
        } else {
            inside++;
            text.state = State.WAITING;
            text.queuedAtNanos = timeline.nowNanos();
            waiting.addLast(text);
            beginIfDue(timeline.nowNanos());
        }
    }

    private static void refuse(Text text, int status, String message) {
        text.state = State.ENDED;
        text.events.failed(new EngineFailure(status, message));
    }

    /// A text in the batch is still computed with it: a batch cannot be made smaller once it runs.
    private void cancel(Text text) {
        State was = text.state;
        text.state = State.ENDED;
        if (was == State.WAITING || was == State.RUNNING) {
            inside--;
            waiting.remove(text);
            observer.ended(text.report(Ending.CANCELLED));
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
        long dueAtNanos = first.queuedAtNanos + profile.batching().maxWaitNanos();
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
            next.state = State.RUNNING;
            next.admittedAtNanos = OptionalLong.of(atNanos);
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
            if (text.state == State.RUNNING) { // an event of an earlier one may have cancelled it
                text.state = State.ENDED;
                inside--;
                embeddedTokens += text.tokens();
                observer.ended(text.report(Ending.FINISHED));
                text.events.finished(new EngineResult(text.tokens(), 0, 0));
            }
        }
        beginIfDue(batchEndsAtNanos);
    }
}
