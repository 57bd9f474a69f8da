package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;
import io.sagebench.policy.queue.LatestStart;

/// The urgency of `hybrid`: in the order of arrival, as if each band below CRITICAL had come one longest wait later, so that nobody starves. A request
/// waits for company as long as it may, but not beyond its latest start.
///
/// @param maxWaitNanos the longest wait for company
record PatientUrgency(long maxWaitNanos) implements Urgency {
    private static final LatestStart LATEST_START = new LatestStart(0);

    @Override
    public long keyNanos(Waiting request) {
        return request.arrivedAtNanos() + request.priority().band() * maxWaitNanos;
    }

    @Override
    public long dueAtNanos(Waiting request) {
        long patienceEndsAtNanos = request.arrivedAtNanos() + maxWaitNanos;
        return LatestStart.hasDeadline(request)
                ? Math.min(patienceEndsAtNanos, LATEST_START.ofNanos(request))
                : patienceEndsAtNanos;
    }

    @Override
    public long lateAfterNanos(Waiting request) {
        return Long.MAX_VALUE;
    }
}
