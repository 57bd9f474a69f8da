package io.sagebench.live.client;

import io.netty.buffer.ByteBuf;
import io.sagebench.journal.RequestRecord;
import io.sagebench.request.TimeoutPhase;
import io.sagebench.workload.PlannedRequest;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request on its way and what is known of it. Made on the timeline; from then on it belongs to one event loop.
final class Exchange {
    private final PlannedRequest planned;
    private final Consumer<RequestRecord> ended;
    private final long beganAtNanos;
    private OptionalLong sentAtNanos = OptionalLong.empty();
    private TimeoutPhase waitingFor = TimeoutPhase.CONNECT;
    private long waitingSinceNanos;
    private @Nullable ByteBuf request;
    private @Nullable Connection connection;
    private int place = -1;

    /// @param planned      the request
    /// @param ended        gets its record
    /// @param beganAtNanos when the client was told to send it
    Exchange(PlannedRequest planned, Consumer<RequestRecord> ended, long beganAtNanos) {
        this.planned = planned;
        this.ended = ended;
        this.beganAtNanos = beganAtNanos;
        waitingSinceNanos = beganAtNanos;
    }

    PlannedRequest planned() {
        return planned;
    }

    Consumer<RequestRecord> ended() {
        return ended;
    }

    OptionalLong sentAtNanos() {
        return sentAtNanos;
    }

    /// Its bytes were handed to the kernel.
    void sentAt(long nanos) {
        sentAtNanos = OptionalLong.of(nanos);
        if (waitingFor == TimeoutPhase.FIRST_BYTE) {
            waitingSinceNanos = nanos;
        }
    }

    /// From `nanos` on it waits for the end of `phase`.
    void waitsFor(TimeoutPhase phase, long nanos) {
        waitingFor = phase;
        waitingSinceNanos = nanos;
    }

    /// Which limit has passed at `nowNanos`; null when none has.
    @Nullable TimeoutPhase overdueAt(long nowNanos, TimeLimits limits) {
        if (nowNanos - waitingSinceNanos > limits.of(waitingFor)) {
            return waitingFor;
        }
        return nowNanos - beganAtNanos > limits.of(TimeoutPhase.TOTAL) ? TimeoutPhase.TOTAL : null;
    }

    /// Its bytes, when they were prepared ahead, now the caller's; null when they were not.
    @Nullable ByteBuf takeRequest() {
        ByteBuf taken = request;
        request = null;
        return taken;
    }

    /// Whether its bytes were made ahead.
    boolean hasRequest() {
        return request != null;
    }

    /// Keeps its bytes until they can be sent.
    void keepRequest(ByteBuf bytes) {
        request = bytes;
    }

    @Nullable Connection connection() {
        return connection;
    }

    void on(Connection newConnection) {
        connection = newConnection;
    }

    /// No connection carries it any more.
    void withoutConnection() {
        connection = null;
    }

    /// Its place among the exchanges in flight; -1 when it is not, because it has ended.
    int place() {
        return place;
    }

    void placeAt(int newPlace) {
        place = newPlace;
    }

    boolean hasEnded() {
        return place < 0;
    }
}
