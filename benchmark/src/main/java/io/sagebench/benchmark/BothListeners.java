package io.sagebench.benchmark;

import io.sagebench.journal.RequestRecord;
import io.sagebench.report.TargetReport;

/// Tells two.
record BothListeners(BenchmarkListener one, BenchmarkListener other) implements BenchmarkListener {
    @Override
    public void targetReady(TargetReport target) {
        one.targetReady(target);
        other.targetReady(target);
    }

    @Override
    public void position(String what, int ended, int all) {
        one.position(what, ended, all);
        other.position(what, ended, all);
    }

    @Override
    public void warmingUp(Turn turn, int requests) {
        one.warmingUp(turn, requests);
        other.warmingUp(turn, requests);
    }

    @Override
    public void measuring(Turn turn) {
        one.measuring(turn);
        other.measuring(turn);
    }

    @Override
    public void progress(Progress progress) {
        one.progress(progress);
        other.progress(progress);
    }

    @Override
    public void ended(Turn turn, RequestRecord record) {
        one.ended(turn, record);
        other.ended(turn, record);
    }

    @Override
    public void note(String message) {
        one.note(message);
        other.note(message);
    }
}
