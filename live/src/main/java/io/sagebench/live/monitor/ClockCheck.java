package io.sagebench.live.monitor;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// How fine the clock of this machine is, and how late it wakes a thread that waits.
public final class ClockCheck {
    private static final int LOOKS = 1_000;
    private static final int WAITS = 50;
    private static final long WAIT_NANOS = 1_000_000;

    private ClockCheck() {}

    /// How late a thread woke that wanted to wait a millisecond.
    ///
    /// @param p50Nanos half of the times less
    /// @param maxNanos at most
    public record Lateness(long p50Nanos, long maxNanos) {}

    /// The smallest step that the clock was seen to take.
    public static long resolutionNanos() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            long before = System.nanoTime();
            long after = System.nanoTime();
            while (after == before) {
                after = System.nanoTime();
            }
            least = Math.min(least, after - before);
        }
        return least;
    }

    /// Waits a millisecond, again and again. Blocks for some 60 ms, or more on a busy machine.
    public static Lateness timerLateness() {
        long[] late = new long[WAITS];
        for (int i = 0; i < WAITS; i++) {
            long dueNanos = System.nanoTime() + WAIT_NANOS;
            for (long leftNanos = WAIT_NANOS; leftNanos > 0; leftNanos = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(leftNanos);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            late[i] = Math.max(0, System.nanoTime() - dueNanos);
        }
        Arrays.sort(late);
        return new Lateness(late[WAITS / 2], late[WAITS - 1]);
    }
}
