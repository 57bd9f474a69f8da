package io.sagebench.policy.queue;

import io.sagebench.policy.Waiting;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;

/// When a request must start at the latest to keep its promise: `arrival + deadline - predicted service`. Least slack first is smallest latest
/// start first, and the key does not change while time passes.
public final class LatestStart {
    private final long defaultDeadlineNanos;

    /// @param defaultDeadlineNanos stands in for the deadline of a request that has none, so that it does not starve
    public LatestStart(long defaultDeadlineNanos) {
        this.defaultDeadlineNanos = defaultDeadlineNanos;
    }

    /// The latest start, in nanoseconds since the run began; may have passed, and may be before the run.
    public long ofNanos(Waiting request) {
        ServiceLevel promised = request.serviceLevel();
        Waiting.Prediction predicted = request.predicted();
        long latest = Long.MAX_VALUE;
        if (promised.timeToFirstToken().isPresent()) {
            latest = startFor(request, promised.timeToFirstToken().get(), predicted.prefillNanos());
        }
        if (promised.endToEnd().isPresent()) {
            latest = Math.min(latest, startFor(request, promised.endToEnd().get(), predicted.serviceNanos()));
        }
        return latest == Long.MAX_VALUE
                ? request.arrivedAtNanos() + defaultDeadlineNanos - predicted.serviceNanos()
                : latest;
    }

    /// Whether anything is promised that waiting can break.
    public static boolean hasDeadline(Waiting request) {
        return request.serviceLevel().endToEnd().isPresent()
                || request.serviceLevel().timeToFirstToken().isPresent();
    }

    private static long startFor(Waiting request, Duration deadline, long serviceNanos) {
        return request.arrivedAtNanos() + deadline.toNanos() - serviceNanos;
    }
}
