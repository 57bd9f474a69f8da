package io.sagebench.inference;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.time.Timeline;
import java.util.concurrent.Executor;

/// An engine that computes: it runs a model on the CPU, batches continuously, and says what the model says. The payload of its jobs is
/// [io.sagebench.engine.RealText].
///
/// One thread of its own computes; all its methods but [#close] are called on the timeline, and all events come back on it.
@SuppressWarnings({"DoNotCallSuggester", "unused"})
public final class CpuEngine implements MonitoredEngine, AutoCloseable {

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
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public EngineDescription description() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Begins one job. One whose payload is not [io.sagebench.engine.RealText], that asks for what the model is not made for, or that can never
    /// fit fails with status 400.
    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public EngineStats stats() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void observe(EngineObserver other) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void sleep() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void wake() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Ends the thread, waits for the step under way and frees the native memory of the sequences. No event follows. Safe from any thread.
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
