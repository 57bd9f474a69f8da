package io.sagebench.engine.sim.multimodel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The link between the host's memory and the device's: moves one thing at a time, in the order of asking.
final class Link {
    private final OperationClock clock;
    private final LongUnaryOperator nanosOfBytes;
    private final Deque<Transfer> waiting = new ArrayDeque<>();
    private final OperationClock.End end;
    private @Nullable Transfer underWay;

    /// @param nanosOfBytes how long so many bytes take
    Link(OperationClock clock, LongUnaryOperator nanosOfBytes) {
        this.clock = clock;
        this.nanosOfBytes = nanosOfBytes;
        this.end = clock.new End(this::endTransfer);
    }

    /// Something to move.
    final class Transfer {
        private final Runnable ended;
        private long bytes;

        private Transfer(long bytes, Runnable ended) {
            this.bytes = bytes;
            this.ended = ended;
        }

        /// Moves nothing when its turn comes. Without effect once it is under way.
        void skip() {
            bytes = 0;
        }

        /// How long until it has ended, by what is asked for now.
        long remainingNanos() {
            return this == underWay ? underWayNanos() : remainingUpTo(this);
        }
    }

    /// Asks for a transfer.
    ///
    /// @param ended what happens at its end
    Transfer move(long bytes, Runnable ended) {
        var transfer = new Transfer(bytes, ended);
        waiting.addLast(transfer);
        if (underWay == null) {
            begin();
        }
        return transfer;
    }

    /// How long until the link is idle, by what is asked for now.
    long backlogNanos() {
        return remainingUpTo(null);
    }

    private long remainingUpTo(@Nullable Transfer last) {
        long nanos = underWay == null ? 0 : underWayNanos();
        for (Transfer transfer : waiting) {
            nanos += nanosOfBytes.applyAsLong(transfer.bytes);
            if (transfer == last) {
                break;
            }
        }
        return nanos;
    }

    /// Not below 0, when a live timeline has not noticed the end yet.
    private long underWayNanos() {
        return Math.max(0, end.atNanos() - clock.nowNanos());
    }

    private void begin() {
        Transfer next = waiting.pollFirst();
        underWay = next;
        if (next != null) {
            end.at(clock.nowNanos() + nanosOfBytes.applyAsLong(next.bytes));
        }
    }

    private void endTransfer() {
        Transfer done = underWay;
        if (done == null) {
            throw new IllegalStateException("the link has nothing to end");
        }
        begin();
        done.ended.run();
    }
}
