package io.sagebench.controlplane;

import io.sagebench.controlplane.RequestStatus.State;
import io.sagebench.controlplane.RequestStatus.Times;
import io.sagebench.request.RequestId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What became of requests that ended a short while ago, and which request an id means: of several with the same id, the newest.
final class Registry {
    private final HistorySettings settings;
    /// By sequence number, in the order in which they ended.
    private final Map<Long, RequestStatus> ended = new LinkedHashMap<>();
    /// Sequence number of the newest request, live or remembered, with an id.
    private final Map<RequestId, Long> newest = new HashMap<>();

    Registry(HistorySettings settings) {
        this.settings = settings;
    }

    /// A request came.
    void arrived(RequestId id, long sequence) {
        newest.put(id, sequence);
    }

    /// The sequence number of the newest request with that id; null when none is known.
    @Nullable Long newest(RequestId id) {
        return newest.get(id);
    }

    void ended(RequestStatus status, long nowNanos) {
        ended.put(status.sequence(), status);
        forget(nowNanos);
    }

    Optional<RequestStatus> ended(long sequence, long nowNanos) {
        forget(nowNanos);
        return Optional.ofNullable(ended.get(sequence));
    }

    private void forget(long nowNanos) {
        var eldest = ended.values().iterator();
        while (eldest.hasNext()) {
            RequestStatus status = eldest.next();
            long endedAtNanos = status.times().endedAtNanos().orElse(nowNanos);
            if (ended.size() <= settings.most() && nowNanos - endedAtNanos <= settings.age().toNanos()) {
                return;
            }
            eldest.remove();
            newest.remove(status.id(), status.sequence());
        }
    }

    /// The status of a request that was taken in.
    static RequestStatus statusOf(Ticket ticket, State state, OptionalLong endedAtNanos, String message) {
        boolean dispatched = ticket.where != null && state != State.QUEUED;
        var work = ticket.work;
        return new RequestStatus(
                ticket.waiting.sequence(),
                ticket.waiting.id(),
                state,
                new Times(
                        ticket.waiting.arrivedAtNanos(),
                        dispatched ? OptionalLong.of(ticket.dispatchedAtNanos) : OptionalLong.empty(),
                        dispatched && ticket.outputTokens > 0
                                ? OptionalLong.of(ticket.firstTokenAtNanos)
                                : OptionalLong.empty(),
                        endedAtNanos),
                Optional.ofNullable(ticket.where),
                ticket.attempts,
                ticket.outputTokens + (work == null ? 0 : work.untoldTokens()),
                message);
    }

    /// The status of a request that was not taken in.
    static RequestStatus refusedAtOnce(long sequence, RequestId id, long nowNanos, String message) {
        return new RequestStatus(
                sequence,
                id,
                State.REFUSED,
                new Times(nowNanos, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(nowNanos)),
                Optional.empty(),
                0,
                0,
                message);
    }
}
