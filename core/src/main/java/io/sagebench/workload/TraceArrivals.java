package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.random.Seed;
import io.sagebench.request.Check;

/// The times of a trace, at full resolution, counted from its start. A speed other than 1 scales all times alike: the rate changes,
/// and how bursty it is does not.
///
/// @param trace    what is replayed
/// @param requests how many of its requests, from the first on
/// @param speed    how many times as fast as it was recorded, above 0
public record TraceArrivals(Trace trace, int requests, double speed) implements ArrivalProcess {
    public TraceArrivals {
        Check.atLeast(1, requests, "requests");
        Check.atLeast(requests, trace.size(), "the size of the trace");
        Check.positive(speed, "speed");
    }

    @Override
    public ArrivalTimes start(Seed seed) {
        return new ArrivalTimes() {
            private int index;

            @Override
            public long nextAtNanos() {
                return index == requests ? NEVER_NANOS : scaled(trace.atNanos(index++));
            }
        };
    }

    /// Requests over the time from the first to the last; 1 when there is none.
    @Override
    public double meanPerSecond() {
        long spanNanos = trace.atNanos(requests - 1) - trace.atNanos(0);
        return spanNanos == 0 ? 1 : requests * 1e9 / spanNanos * speed;
    }

    /// Faster or slower.
    @Override
    public ArrivalProcess at(double perSecond) {
        return new TraceArrivals(trace, requests, speed * perSecond / meanPerSecond());
    }

    @Override
    public boolean ends() {
        return true;
    }

    @Override
    public ArrivalProcess steady() {
        return new PoissonArrivals(meanPerSecond());
    }

    /// Exact at speed 1; otherwise to the nearest nanosecond.
    private long scaled(long atNanos) {
        return speed == 1 ? atNanos : Math.round(atNanos / speed);
    }
}
