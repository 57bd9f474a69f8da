package io.sagebench.controlplane;

import io.sagebench.controlplane.RequestStatus.State;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.request.RequestId;
import io.sagebench.time.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The admitted requests that have not ended, and the only ways in which one ends: once, counted, remembered, and told to its submitter. Who ends a
/// request has taken it from the queue or its engine before.
final class Requests {
    private final Timeline timeline;
    private final Books books;
    private final Tenants tenants;
    private final Registry registry;
    /// By sequence number, in the order of arrival.
    private final Map<Long, Ticket> live = new LinkedHashMap<>();
    private final List<Runnable> whenNone = new ArrayList<>();

    Requests(Timeline timeline, Books books, Tenants tenants, HistorySettings history) {
        this.timeline = timeline;
        this.books = books;
        this.tenants = tenants;
        this.registry = new Registry(history);
    }

    void admit(Ticket ticket) {
        live.put(ticket.waiting.sequence(), ticket);
        registry.arrived(ticket.waiting.id(), ticket.waiting.sequence());
        tenants.admitted(ticket.submission, timeline.nowNanos());
        books.admitted();
    }

    /// A request was not taken in.
    void refuseAtOnce(long sequence, Submission submission, SubmissionEvents events, Refusal refusal) {
        registry.arrived(submission.id(), sequence);
        registry.ended(
                Registry.refusedAtOnce(sequence, submission.id(), timeline.nowNanos(), refusal.message()), timeline.nowNanos());
        books.refusedAtOnce(submission, refusal.reason(), timeline.nowNanos());
        events.refused(refusal);
    }

    /// A request came under the id of one that has not ended, which keeps it.
    void refuseSecond(Submission submission, SubmissionEvents events, Refusal refusal) {
        books.refusedAtOnce(submission, refusal.reason(), timeline.nowNanos());
        events.refused(refusal);
    }

    @Nullable Ticket withSequence(long sequence) {
        return live.get(sequence);
    }

    /// The newest request with that id, if it has not ended.
    @Nullable Ticket newest(RequestId id) {
        Long sequence = registry.newest(id);
        return sequence == null ? null : live.get(sequence);
    }

    /// Where the newest request with that id is, or how it ended; absent when none is known.
    Optional<RequestStatus> statusOf(RequestId id) {
        Long sequence = registry.newest(id);
        if (sequence == null) {
            return Optional.empty();
        }
        Ticket ticket = live.get(sequence);
        if (ticket == null) {
            return registry.ended(sequence, timeline.nowNanos());
        }
        State state = ticket.state == Ticket.State.QUEUED ? State.QUEUED : State.RUNNING;
        return Optional.of(Registry.statusOf(ticket, state, OptionalLong.empty(), ""));
    }

    /// All, in the order of arrival; a copy.
    List<Ticket> all() {
        return List.copyOf(live.values());
    }

    /// Those that wait, in the order of arrival; a copy.
    List<Ticket> queued() {
        return live.values().stream().filter(ticket -> ticket.state == Ticket.State.QUEUED).toList();
    }

    /// Runs `action` once when there is none, perhaps now.
    void whenNone(Runnable action) {
        whenNone.add(action);
        checkWhetherNone();
    }

    void completed(Ticket ticket, EngineResult result) {
        end(ticket, State.COMPLETED, "");
        books.completed(ticket, timeline.nowNanos());
        ticket.events.finished(result);
        checkWhetherNone();
    }

    void failed(Ticket ticket, EngineFailure failure) {
        end(ticket, State.FAILED, failure.message());
        books.failed(ticket, timeline.nowNanos());
        ticket.events.failed(failure);
        checkWhetherNone();
    }

    void refused(Ticket ticket, Refusal refusal) {
        end(ticket, State.REFUSED, refusal.message());
        books.refusedLater(ticket, timeline.nowNanos());
        ticket.events.refused(refusal);
        checkWhetherNone();
    }

    /// Cancelled.
    ///
    /// @param tell what its submitter is told; nothing when it is the one who left
    void cancelled(Ticket ticket, Runnable tell) {
        end(ticket, State.CANCELLED, "");
        books.cancelled(ticket, timeline.nowNanos());
        tell.run();
        checkWhetherNone();
    }

    private void end(Ticket ticket, State how, String message) {
        if (ticket.state == Ticket.State.ENDED || live.remove(ticket.waiting.sequence()) != ticket) {
            throw new IllegalStateException("ended twice: " + ticket.waiting);
        }
        ticket.state = Ticket.State.ENDED;
        tenants.ended(ticket.submission);
        long nowNanos = timeline.nowNanos();
        registry.ended(Registry.statusOf(ticket, how, OptionalLong.of(nowNanos), message), nowNanos);
    }

    private void checkWhetherNone() {
        if (live.isEmpty() && !whenNone.isEmpty()) {
            List<Runnable> told = List.copyOf(whenNone);
            whenNone.clear();
            told.forEach(Runnable::run);
        }
    }
}
