package io.sagebench.workload;

import java.util.Iterator;

/// The requests of one run in the order of their intended times. Made lazily: opening a plan of ten million requests costs nothing.
public interface Plan {

    /// How many requests it has, exactly.
    long size();

    /// Starts reading from the first request, with intended times counted from `beginAtNanos`. Each reading gives the same requests.
    Iterator<PlannedRequest> open(long beginAtNanos);
}
