package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.RealText;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.time.Timeline;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;

/// An engine that computes: it runs a model on the CPU, batches continuously, and says what the model says. The payload of its jobs is
/// [RealText].
///
/// One thread of its own computes; all its methods but [#close] are called on the timeline, and all events come back on it.
public final class CpuEngine implements MonitoredEngine, AutoCloseable {
    private final Timeline timeline;
    private final Executor onTimeline;
    private final LoadedModel model;
    private final EngineDescription description;
    private final ModelWork work;
    private final ComputeThread thread;
    private final Set<CpuSequence> inside = new LinkedHashSet<>();
    private EngineObserver observer = EngineObserver.NONE;
    private volatile boolean closed;
    private boolean asleep;
    private long steps;
    private long promptTokens;
    private long generatedTokens;

    /// Starts the thread.
    ///
    /// @param timeline   its clock is read from the engine's thread as well
    /// @param onTimeline runs actions on the timeline, in their order, from any thread
    /// @param id         unique among the engines beside it
    /// @param names      the names it answers to; their types follow from the kind of the model
    /// @param model      stays open when the engine is closed
    /// @param settings   the ones the model was read with
    public CpuEngine(
            Timeline timeline,
            Executor onTimeline,
            EngineId id,
            ServedModels names,
            LoadedModel model,
            CpuEngineSettings settings) {
        this.timeline = timeline;
        this.onTimeline = onTimeline;
        this.model = model;
        boolean decodes = model.kind() == LoadedModel.Kind.DECODER;
        this.description = new EngineDescription(
                id,
                "CPU inference of " + model.name(),
                decodes ? new ServedModels(names.names()) : names.forEmbeddings(),
                settings.maxConcurrent(),
                OptionalInt.of(model.contextTokens()),
                decodes ? OptionalLong.of((long) settings.maxConcurrent() * model.contextTokens()) : OptionalLong.empty(),
                model.speed());
        this.work = workOn(model, settings);
        this.thread = new ComputeThread("cpu-" + id, work, bug -> onTimeline.execute(() -> {
            throw new IllegalStateException("the engine " + id + " is broken", bug);
        }));
    }

    private ModelWork workOn(LoadedModel of, CpuEngineSettings settings) {
        try {
            return switch (of.graph()) {
                case DecoderGraph decoder -> new DecodingWork(of, decoder, settings, new ToTimeline());
                case EncoderGraph encoder -> new EmbeddingWork(encoder, settings, new ToTimeline());
            };
        } catch (OrtException broken) {
            throw new IllegalStateException("ONNX Runtime would not prepare a step", broken);
        }
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    /// Begins one job. One whose payload is not [RealText], that asks for what the model is not made for, or that can never fit fails with status
    /// 400.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        Optional<String> why = JobCheck.refusal(job, model);
        if (why.isPresent()) {
            var refused = new Refused();
            onTimeline.execute(() -> refused.tell(events, why.get()));
            return refused;
        }
        var sequence = new CpuSequence(job, events, (RealText) job.payload(), timeline.nowNanos());
        inside.add(sequence);
        thread.add(sequence);
        return () -> cancel(sequence);
    }

    private void cancel(CpuSequence sequence) {
        sequence.cancelled = true;
        if (sequence.ended) {
            return;
        }
        end(sequence);
        observer.ended(sequence.report(Ending.CANCELLED));
    }

    private void end(CpuSequence sequence) {
        sequence.ended = true;
        inside.remove(sequence);
    }

    /// What it counts, now. The share of the KV cache in use is of what `maxConcurrent` sequences of the longest context would need.
    @Override
    public EngineStats stats() {
        CpuLoad load = work.load();
        int running = Math.min(load.running(), inside.size());
        return new EngineStats(
                running,
                inside.size() - running,
                description.kvTokens().isEmpty() ? 0 : load.kvTokens() / (double) description.kvTokens().getAsLong(),
                steps,
                0,
                0,
                0,
                promptTokens,
                0,
                generatedTokens,
                0,
                0,
                List.of(),
                asleep);
    }

    /// What it has in hand. Safe from any thread.
    public CpuLoad load() {
        return work.load();
    }

    @Override
    public void observe(EngineObserver other) {
        observer = other;
    }

    @Override
    public void sleep() {
        asleep = true;
        thread.setAsleep(true);
    }

    @Override
    public void wake() {
        asleep = false;
        thread.setAsleep(false);
    }

    /// Ends the thread, waits for the step under way and frees the native memory of the sequences. No event follows. Safe from any thread.
    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    /// A job that was never begun.
    private static final class Refused implements EngineWork {
        private boolean cancelled;

        void tell(EngineEvents events, String why) {
            if (!cancelled) {
                events.failed(new EngineFailure(400, why));
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /// Posts what the thread has made. Its methods are called on the thread; what they post runs on the timeline.
    private final class ToTimeline implements Deliveries {
        @Override
        public long nowNanos() {
            return timeline.nowNanos();
        }

        @Override
        public void admitted(CpuSequence sequence) {
            sequence.admitted(timeline.nowNanos());
        }

        @Override
        public void stepped(int computedTokens, List<Said> said) {
            post(() -> {
                steps++;
                observer.stepped(computedTokens);
                generatedTokens += said.size();
                said.forEach(CpuEngine.this::tell);
            });
        }

        @Override
        public void embedded(CpuSequence sequence, List<float[]> vectors) {
            long atNanos = timeline.nowNanos();
            post(() -> {
                if (!sequence.ended) {
                    sequence.toldOne(atNanos);
                    sequence.told = 0;
                    promptTokens += sequence.job.promptTokens();
                    end(sequence);
                    observer.ended(sequence.report(Ending.FINISHED));
                    vectors.forEach(sequence.text::embedded);
                    sequence.events.finished(new EngineResult(sequence.job.promptTokens(), 0, 0));
                }
            });
        }

        @Override
        public void failed(CpuSequence sequence, String why) {
            post(() -> {
                if (!sequence.ended) {
                    end(sequence);
                    observer.ended(sequence.report(Ending.CANCELLED));
                    sequence.events.failed(new EngineFailure(500, why));
                }
            });
        }

        private void post(Runnable action) {
            onTimeline.execute(() -> {
                if (!closed) {
                    action.run();
                }
            });
        }
    }

    private void tell(Deliveries.Said said) {
        CpuSequence sequence = said.sequence();
        if (sequence.ended) {
            return;
        }
        if (sequence.told == 0) {
            promptTokens += sequence.promptTokens();
        }
        sequence.toldOne(said.atNanos());
        if (said.isLast()) {
            end(sequence);
            observer.ended(sequence.report(Ending.FINISHED));
        }
        sequence.text.said(said.token(), said.text());
        if (!sequence.cancelled) { // by who was told just now, as at a stop word
            sequence.events.tokens(1);
        }
        if (said.isLast() && !sequence.cancelled) {
            sequence.events.finished(new EngineResult(sequence.promptTokens(), 0, sequence.told));
        }
    }
}
