package io.sagebench.benchmark.dashboard;

import io.sagebench.benchmark.dashboard.DashboardState.Turning;
import io.sagebench.benchmark.engine.EngineListener;
import io.sagebench.benchmark.engine.EngineTarget;
import io.sagebench.benchmark.engine.EngineWorkload;
import io.sagebench.journal.RequestRecord;
import java.util.OptionalLong;

/// Tells a dashboard of a benchmark of an engine.
final class EngineTelling implements EngineListener {
    private final DashboardState state;
    private final int runs;
    private final int repeats;
    private int number;
    private long beganAtNanoTime;

    EngineTelling(DashboardState state, int runs, int repeats) {
        this.state = state;
        this.runs = runs;
        this.repeats = repeats;
    }

    @Override
    public void targetReady(EngineTarget target) {
        state.target(
                "Engine: " + target.backend().wireName() + ", model " + target.model() + ", at " + target.url() + " (" + target.description() + ")",
                false);
        target.notes().forEach(state::note);
    }

    @Override
    public void warmingUp(EngineWorkload workload, int repeat, int requests) {
        state.warmingUp(turning(workload, repeat, number + 1), requests);
    }

    @Override
    public void measuring(EngineWorkload workload, int repeat) {
        beganAtNanoTime = System.nanoTime();
        state.measuring(turning(workload, repeat, ++number));
    }

    @Override
    public void progress(EngineWorkload workload, int repeat, long sent, long ended) {
        state.progress(System.nanoTime() - beganAtNanoTime, sent, ended);
    }

    @Override
    public void ended(EngineWorkload workload, int repeat, RequestRecord record) {
        state.ended(record);
    }

    @Override
    public void note(String message) {
        state.note(message);
    }

    private Turning turning(EngineWorkload workload, int repeat, int which) {
        return new Turning(workload.name(), which, runs, repeat, repeats, OptionalLong.empty());
    }
}
