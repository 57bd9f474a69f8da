package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;

/// The urgency of `hybrid_slo`: latest start first, and no more than a quarter of the slack is spent on waiting for company.
///
/// @param maxWaitNanos the longest wait for company
record SlackUrgency(long maxWaitNanos) implements Urgency {
    private static final int PART_OF_SLACK = 4;

    @Override
    public long keyNanos(Waiting request) {
        return Deadlines.latestStartNanos(request);
    }

    @Override
    public long dueAtNanos(Waiting request) {
        long slackNanos = Math.max(0, Deadlines.latestStartNanos(request) - request.arrivedAtNanos());
        return request.arrivedAtNanos() + Math.min(maxWaitNanos, slackNanos / PART_OF_SLACK);
    }

    @Override
    public long lateAfterNanos(Waiting request) {
        return Deadlines.lateAfterNanos(request);
    }
}
