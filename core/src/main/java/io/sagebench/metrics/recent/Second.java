package io.sagebench.metrics.recent;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What happened in one second.
final class Second {
    static final long UNKNOWN = -1;

    /// Which: seconds since the timeline began.
    final long index;
    final AtomicInteger completed = new AtomicInteger();
    final AtomicInteger met = new AtomicInteger();
    final AtomicInteger errors = new AtomicInteger();
    final AtomicLong outputTokens = new AtomicLong();
    final LatencyBins ttft = new LatencyBins();
    final LatencyBins tpot = new LatencyBins();
    volatile long inFlight = UNKNOWN;
    volatile long queued = UNKNOWN;
    volatile String policy;

    Second(long index, String policy) {
        this.index = index;
        this.policy = policy;
    }
}
