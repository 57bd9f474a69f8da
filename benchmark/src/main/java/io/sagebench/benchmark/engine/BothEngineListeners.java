package io.sagebench.benchmark.engine;

import io.sagebench.journal.RequestRecord;

/// Tells two.
record BothEngineListeners(EngineListener one, EngineListener other) implements EngineListener {
    @Override
    public void targetReady(EngineTarget target) {
        one.targetReady(target);
        other.targetReady(target);
    }

    @Override
    public void warmingUp(EngineWorkload workload, int repeat, int requests) {
        one.warmingUp(workload, repeat, requests);
        other.warmingUp(workload, repeat, requests);
    }

    @Override
    public void measuring(EngineWorkload workload, int repeat) {
        one.measuring(workload, repeat);
        other.measuring(workload, repeat);
    }

    @Override
    public void progress(EngineWorkload workload, int repeat, long sent, long ended) {
        one.progress(workload, repeat, sent, ended);
        other.progress(workload, repeat, sent, ended);
    }

    @Override
    public void ended(EngineWorkload workload, int repeat, RequestRecord record) {
        one.ended(workload, repeat, record);
        other.ended(workload, repeat, record);
    }

    @Override
    public void measured(EngineRun run) {
        one.measured(run);
        other.measured(run);
    }

    @Override
    public void note(String message) {
        one.note(message);
        other.note(message);
    }
}
