package io.sagebench.policy.hybrid;

import io.sagebench.policy.Waiting;

/// When embedding requests must go. Nothing here changes while a request waits.
interface Urgency {

    /// By what requests of a flow are ordered, smallest first, in nanoseconds.
    long keyNanos(Waiting request);

    /// From when on it waits for no further company, in nanoseconds since the run began.
    long dueAtNanos(Waiting request);

    /// From when on it is too late to keep its promise, so that those that can go first; [Long#MAX_VALUE] for never.
    long lateAfterNanos(Waiting request);
}
