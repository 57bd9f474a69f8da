package io.sagebench.live.engine;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Brings what an event loop learns of one job to the timeline, and nothing after the job was cancelled. Reports may come from any one thread.
final class Reports {
    private final Executor timeline;
    private final EngineEvents events;
    private boolean cancelled; // only on the timeline

    Reports(Executor timeline, EngineEvents events) {
        this.timeline = timeline;
        this.events = events;
    }

    /// Stops all that has not arrived. On the timeline.
    void cancel() {
        cancelled = true;
    }

    void tokens(int count) {
        post(() -> events.tokens(count));
    }

    void finished(EngineResult result) {
        post(() -> events.finished(result));
    }

    void failed(EngineFailure failure) {
        post(() -> events.failed(failure));
    }

    private void post(Runnable event) {
        try {
            timeline.execute(() -> {
                if (!cancelled) {
                    event.run();
                }
            });
        } catch (RejectedExecutionException _) {
            // the run has ended: nobody keeps books any more
        }
    }
}
