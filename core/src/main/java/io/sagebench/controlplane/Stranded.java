package io.sagebench.controlplane;

import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.function.Consumer;

/// Waiting requests that no engine in service can run. Each waits for a while as long as an engine for it may come back, and is given up at once when
/// none can.
final class Stranded {
    private final Timeline timeline;
    private final Pool pool;
    private final Requests requests;
    private final long patienceNanos;
    private final Consumer<Ticket> giveUp;
    private final Timer outOfPatience;

    Stranded(Timeline timeline, Pool pool, Requests requests, Duration patience, Consumer<Ticket> giveUp) {
        this.timeline = timeline;
        this.pool = pool;
        this.requests = requests;
        this.patienceNanos = patience.toNanos();
        this.giveUp = giveUp;
        this.outOfPatience = timeline.timer(this::review);
    }

    /// A request begins to wait.
    void arrived(Ticket ticket) {
        if (pool.outlookOf(ticket.waiting) != Pool.Outlook.SERVED) {
            ticket.strandedAtNanos = timeline.nowNanos();
            if (!outOfPatience.isArmed()) {
                outOfPatience.armAt(ticket.strandedAtNanos + patienceNanos);
            }
        }
    }

    /// Engines changed, or time has passed: looks at all that wait.
    void review() {
        outOfPatience.cancel();
        long nowNanos = timeline.nowNanos();
        long firstNanos = Ticket.NEVER;
        for (Ticket ticket : requests.queued()) {
            if (ticket.state != Ticket.State.QUEUED) {
                continue; // a submitter that was told of another one cancelled it
            }
            switch (pool.outlookOf(ticket.waiting)) {
                case SERVED -> ticket.strandedAtNanos = Ticket.NEVER;
                case NONE -> giveUp.accept(ticket);
                case HOPING -> {
                    ticket.strandedAtNanos = Math.min(ticket.strandedAtNanos, nowNanos);
                    if (ticket.strandedAtNanos + patienceNanos <= nowNanos) {
                        giveUp.accept(ticket);
                    } else {
                        firstNanos = Math.min(firstNanos, ticket.strandedAtNanos);
                    }
                }
            }
        }
        if (firstNanos != Ticket.NEVER) {
            outOfPatience.armAt(firstNanos + patienceNanos);
        }
    }
}
