package io.sagebench.live.engine;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Brings what an event loop learns of one job to the timeline, and nothing after the job was cancelled. Reports may come from any one thread.
///
/// Tokens are only counted here; the timeline hears of the first at once, and of the others when it asks, or else right before the end.
final class Reports {
    private final Executor timeline;
    private final EngineEvents events;
    private volatile int relayed; // written by the reporting thread only

    // Only on the timeline:
    private int told;
    private boolean over;

    Reports(Executor timeline, EngineEvents events) {
        this.timeline = timeline;
        this.events = events;
    }

    /// Stops all that has not arrived. On the timeline.
    void cancel() {
        over = true;
    }

    /// Whether nothing follows any more. On the timeline.
    boolean isOver() {
        return over;
    }

    /// Whether tokens should be told of as they come. On the timeline.
    boolean wantsEachToken() {
        return events.wantsEachToken();
    }

    /// Output tokens have been relayed. Costs next to nothing after the first.
    ///
    /// @param tokens so far, in all
    void relayed(int tokens) {
        int before = relayed;
        if (tokens == before) {
            return;
        }
        relayed = tokens;
        if (before == 0) {
            post(this::tellTokens);
        }
    }

    /// Tells of the tokens relayed since it was called last. On the timeline.
    void tellTokens() {
        int fresh = relayed - told;
        if (fresh > 0 && !over) {
            told += fresh;
            events.tokens(fresh);
        }
    }

    void finished(EngineResult result) {
        end(() -> events.finished(result));
    }

    void failed(EngineFailure failure) {
        end(() -> events.failed(failure));
    }

    private void end(Runnable event) {
        post(() -> {
            tellTokens();
            if (!over) {
                over = true;
                event.run();
            }
        });
    }

    private void post(Runnable report) {
        try {
            timeline.execute(report);
        } catch (RejectedExecutionException _) {
            // the run has ended: nobody keeps books any more
        }
    }
}
