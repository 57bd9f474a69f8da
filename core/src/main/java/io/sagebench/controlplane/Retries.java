package io.sagebench.controlplane;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.time.Timeline;

/// Whether a request that its engine failed is tried on another one.
final class Retries {
    private final Timeline timeline;
    private final RetrySettings settings;
    private final Pool pool;
    private final RetryBudget budget;

    Retries(Timeline timeline, RetrySettings settings, Pool pool) {
        this.timeline = timeline;
        this.settings = settings;
        this.pool = pool;
        this.budget = new RetryBudget(settings);
    }

    void admitted() {
        budget.admitted(timeline.nowNanos());
    }

    /// Whether it goes on: then it is kept from the engine that failed it, and its retry is paid for.
    boolean mayGoOn(Ticket ticket, EngineFailure failure, EngineId engine) {
        long nowNanos = timeline.nowNanos();
        if (ticket.retries >= settings.most()
                || !failure.mayNotRecurElsewhere()
                || nowNanos >= ticket.dueAtNanos()
                || ticket.events.answerHasBegun(ticket.outputTokens)) {
            return false;
        }
        ticket.exclude(engine);
        if (pool.outlookOf(ticket.waiting) == Pool.Outlook.NONE || !budget.allows(nowNanos)) {
            return false;
        }
        ticket.retries++;
        ticket.lastFailure = failure;
        return true;
    }
}
