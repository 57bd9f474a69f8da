package io.sagebench.controlplane;

import io.sagebench.controlplane.Ticket.State;
import io.sagebench.policy.Waiting;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.Optional;
import java.util.function.Consumer;

/// The requests that wait: counted here, with their deadlines; kept in order by the policy in force.
final class WaitingRoom {
    private final Timeline timeline;
    private final QueueLimits limits;
    private final PolicyInForce inForce;
    private final Books books;
    private final Consumer<Ticket> whenExpired;
    private final QueueLedger ledger;

    /// @param whenExpired told of a request whose deadline passed while it waited; it is in here still
    WaitingRoom(
            Timeline timeline, QueueLimits limits, PolicyInForce inForce, Books books, Consumer<Ticket> whenExpired) {
        this.timeline = timeline;
        this.limits = limits;
        this.inForce = inForce;
        this.books = books;
        this.whenExpired = whenExpired;
        this.ledger = new QueueLedger(limits);
    }

    int size() {
        return ledger.size();
    }

    /// Whether it would be beyond its limits with `arrival` in it, and without the one that leaves.
    boolean exceedsLimits(Waiting arrival, Optional<Waiting> leaving) {
        return ledger.exceedsLimits(arrival, leaving);
    }

    void enter(Ticket ticket) {
        ticket.state = State.QUEUED;
        ledger.add(ticket.waiting);
        books.queued(ledger.size());
        if (limits.dropExpired() && ticket.dueAtNanos() != Ticket.NEVER) {
            ticket.expiry = timeline.at(ticket.dueAtNanos(), () -> whenExpired.accept(ticket));
        }
        inForce.policy().arrived(ticket.waiting);
    }

    /// Takes out a request that the policy holds no more.
    void leave(Ticket ticket) {
        ledger.remove(ticket.waiting);
        Timer expiry = ticket.expiry;
        if (expiry != null) {
            expiry.cancel();
            ticket.expiry = null;
        }
        ticket.strandedAtNanos = Ticket.NEVER;
    }

    /// Takes out a request that the policy holds.
    void withdraw(Ticket ticket) {
        leave(ticket);
        inForce.policy().withdrawn(ticket.waiting);
    }
}
