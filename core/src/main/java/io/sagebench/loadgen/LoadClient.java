package io.sagebench.loadgen;

import io.sagebench.journal.RequestRecord;
import io.sagebench.workload.PlannedRequest;
import java.util.function.Consumer;

/// Sends requests: over sockets, or straight into a simulated control plane. Has no limit of its own on what is in flight and never retries.
public interface LoadClient {

    /// Tells which request is sent next, ahead of its time, so that it can be prepared. On the timeline; each announcement replaces the one
    /// before. A request may be sent without one.
    default void announce(PlannedRequest coming) {}

    /// Begins to send one request now, and returns at once. `ended` gets its record exactly once, on the timeline, and not before this method
    /// has returned.
    void send(PlannedRequest request, Consumer<RequestRecord> ended);

    /// Gives up on everything in flight; the records of these requests say "cancelled".
    void cancelAll();
}
