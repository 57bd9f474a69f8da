package io.sagebench.loadgen;

import io.sagebench.journal.RequestRecord;
import io.sagebench.workload.PlannedRequest;
import java.util.function.Consumer;

/// Sends requests: over sockets, or straight into a simulated control plane. Has no limit of its own on what is in flight and never retries.
public interface LoadClient {

    /// Begins to send one request now, and returns at once. `ended` gets its record exactly once, on the timeline, and not before this method
    /// has returned.
    void send(PlannedRequest request, Consumer<RequestRecord> ended);

    /// Gives up on everything in flight; the records of these requests say "cancelled".
    void cancelAll();
}
