package io.sagebench.benchmark.dashboard;

import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.Turn;
import io.sagebench.benchmark.dashboard.DashboardState.Turning;
import io.sagebench.journal.RequestRecord;
import io.sagebench.report.TargetReport;

/// Tells a dashboard of a benchmark of policies.
record BenchmarkTelling(DashboardState state, TargetWatch watch) implements BenchmarkListener {
    @Override
    public void targetReady(TargetReport target) {
        state.target(target.line(), target.kind() == TargetReport.Kind.SIMULATED);
        target.url().ifPresent(watch::begin);
    }

    @Override
    public void position(String what, int ended, int all) {
        state.position(what, ended, all);
    }

    @Override
    public void warmingUp(Turn turn, int requests) {
        state.warmingUp(turning(turn), requests);
    }

    @Override
    public void measuring(Turn turn) {
        state.measuring(turning(turn));
    }

    @Override
    public void progress(Progress progress) {
        state.progress(progress.elapsedNanos(), progress.sent(), progress.ended());
    }

    @Override
    public void ended(Turn turn, RequestRecord record) {
        state.ended(record);
    }

    @Override
    public void note(String message) {
        state.note(message);
    }

    private static Turning turning(Turn turn) {
        return new Turning(turn.policy(), turn.number(), turn.turns(), turn.repeat(), turn.repeats(), turn.requests());
    }
}
