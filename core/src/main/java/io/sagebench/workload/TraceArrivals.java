package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.random.Seed;
import java.util.NoSuchElementException;

/// The times of a trace, at full resolution, counted from its start. Has an end: that of the trace.
///
/// @param trace what is replayed
public record TraceArrivals(Trace trace) implements ArrivalProcess {
    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private int index;

            @Override
            public long nextAtNanos() {
                if (index == trace.size()) {
                    throw new NoSuchElementException("trace " + trace.name() + " has " + trace.size() + " requests");
                }
                return trace.atNanos(index++);
            }
        };
    }
}
