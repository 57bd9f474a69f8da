package io.sagebench.controlplane;

import io.sagebench.controlplane.Ticket.State;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The admitted requests that have not ended, and the only ways in which one ends: once, counted, and told to its submitter. Who ends a request
/// has taken it from the queue or its engine before.
final class Requests {
    private final Books books;
    /// By sequence number, in the order of arrival.
    private final Map<Long, Ticket> live = new LinkedHashMap<>();
    private @Nullable Runnable whenNone;

    Requests(Books books) {
        this.books = books;
    }

    void admit(Ticket ticket) {
        live.put(ticket.waiting.sequence(), ticket);
        books.admitted();
    }

    @Nullable Ticket withSequence(long sequence) {
        return live.get(sequence);
    }

    /// All, in the order of arrival; a copy.
    List<Ticket> all() {
        return List.copyOf(live.values());
    }

    /// Those that wait, in the order of arrival; a copy.
    List<Ticket> queued() {
        return in(live.values(), State.QUEUED);
    }

    private static List<Ticket> in(Collection<Ticket> tickets, State state) {
        return tickets.stream().filter(ticket -> ticket.state == state).toList();
    }

    /// Runs `action` once when there is none, perhaps now.
    void whenNone(Runnable action) {
        whenNone = action;
        checkWhetherNone();
    }

    void completed(Ticket ticket, EngineResult result, long nowNanos) {
        end(ticket);
        books.completed(ticket, nowNanos);
        ticket.events.finished(result);
        checkWhetherNone();
    }

    void failed(Ticket ticket, EngineFailure failure) {
        end(ticket);
        books.failed();
        ticket.events.failed(failure);
        checkWhetherNone();
    }

    void refused(Ticket ticket, Refusal refusal) {
        end(ticket);
        books.refusedLater();
        ticket.events.refused(refusal);
        checkWhetherNone();
    }

    /// Its submitter is not told: it is the one who left.
    void cancelled(Ticket ticket) {
        end(ticket);
        books.cancelled();
        checkWhetherNone();
    }

    private void end(Ticket ticket) {
        if (ticket.state == State.ENDED || live.remove(ticket.waiting.sequence()) != ticket) {
            throw new IllegalStateException("ended twice: " + ticket.waiting);
        }
        ticket.state = State.ENDED;
    }

    private void checkWhetherNone() {
        Runnable action = whenNone;
        if (action != null && live.isEmpty()) {
            whenNone = null;
            action.run();
        }
    }
}
