package io.sagebench.live.client;

import io.sagebench.request.TimeoutPhase;

/// The client's limits in nanoseconds, ready for the check of everything in flight.
record TimeLimits(long connectNanos, long firstByteNanos, long idleNanos, long totalNanos) {
    private static final long LONGEST_SWEEP_NANOS = 50_000_000;
    private static final long SHORTEST_SWEEP_NANOS = 1_000_000;

    static TimeLimits of(ClientOptions options) {
        return new TimeLimits(
                options.connect().toNanos(),
                options.firstByte().toNanos(),
                options.idle().toNanos(),
                options.total().toNanos());
    }

    long of(TimeoutPhase phase) {
        return switch (phase) {
            case CONNECT -> connectNanos;
            case FIRST_BYTE -> firstByteNanos;
            case IDLE -> idleNanos;
            case TOTAL -> totalNanos;
        };
    }

    /// How often to look: a timeout is found at most a tenth of the least limit late, and at most 50 ms.
    long sweepNanos() {
        long least = Math.min(Math.min(connectNanos, firstByteNanos), Math.min(idleNanos, totalNanos));
        return Math.clamp(least / 10, SHORTEST_SWEEP_NANOS, LONGEST_SWEEP_NANOS);
    }
}
