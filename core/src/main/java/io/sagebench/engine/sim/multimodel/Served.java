package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.engine.stepped.SteppedSequence;
import java.util.OptionalLong;

/// One job inside a [ModelSwitchingEngine].
final class Served {
    final EngineJob job;
    final EngineEvents events;
    final SteppedSequence sequence;
    private long queuedAtNanos;
    private OptionalLong admittedAtNanos = OptionalLong.empty();
    private OptionalLong firstTokenAtNanos = OptionalLong.empty();
    private OptionalLong lastTokenAtNanos = OptionalLong.empty();

    Served(EngineJob job, EngineEvents events, SteppedSequence sequence) {
        this.job = job;
        this.events = events;
        this.sequence = sequence;
    }

    long queuedAtNanos() {
        return queuedAtNanos;
    }

    void queued(long nowNanos) {
        queuedAtNanos = nowNanos;
    }

    void admitted(long nowNanos) {
        admittedAtNanos = OptionalLong.of(nowNanos);
    }

    void token(long nowNanos) {
        lastTokenAtNanos = OptionalLong.of(nowNanos);
        if (firstTokenAtNanos.isEmpty()) {
            firstTokenAtNanos = lastTokenAtNanos;
        }
    }

    SequenceReport report(Ending ending) {
        return new SequenceReport(
                job, ending, queuedAtNanos, admittedAtNanos, firstTokenAtNanos, lastTokenAtNanos, 0, sequence.generatedTokens());
    }
}
