package io.sagebench.engine.sim.embedding;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import java.util.OptionalLong;

/// One text inside the engine.
final class Text {
    /// Where a text is.
    enum State {
        ARRIVING,
        WAITING,
        RUNNING,
        ENDED
    }

    final EngineJob job;
    final EngineEvents events;
    State state = State.ARRIVING;
    long queuedAtNanos;
    OptionalLong admittedAtNanos = OptionalLong.empty();

    Text(EngineJob job, EngineEvents events) {
        this.job = job;
        this.events = events;
    }

    int tokens() {
        return job.promptTokens();
    }

    SequenceReport report(Ending ending) {
        return new SequenceReport(
                job, ending, queuedAtNanos, admittedAtNanos, OptionalLong.empty(), OptionalLong.empty(), 0, 0);
    }
}
