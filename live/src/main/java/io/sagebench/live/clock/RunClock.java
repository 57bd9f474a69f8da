package io.sagebench.live.clock;

import java.time.Instant;

/// The clock of one live run: nanoseconds since it was made, by the machine's monotonic clock. Safe for use by any thread.
public final class RunClock {
    private final long originNanos = System.nanoTime();
    private final Instant startedAt = Instant.now();

    /// Now, in nanoseconds since the run began. Never runs backwards.
    public long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    /// A reading of `System.nanoTime()` of this machine as nanoseconds since the run began.
    public long toRunNanos(long nanoTime) {
        return nanoTime - originNanos;
    }

    /// When the run began, by the wall clock: for people, never for arithmetic.
    public Instant startedAt() {
        return startedAt;
    }
}
