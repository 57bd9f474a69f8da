package io.sagebench.workload;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// A workload for tests: Poisson at 10 requests/s, 20 % HIGH, 60 % NORMAL, 20 % LOW with deadlines of 500, 1000 and 2000 ms, 50 to 500 tokens
/// in, 50 to 200 out.
public final class WorkloadSpecBuilder {
    private static final Map<Priority, ServiceLevel> LEVELS = Map.of(
            Priority.HIGH, ServiceLevel.endToEnd(Duration.ofMillis(500)),
            Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofMillis(1000)),
            Priority.LOW, ServiceLevel.endToEnd(Duration.ofMillis(2000)));

    private final Load load;
    private Weighted<String> models = Weighted.always("default");
    private Weighted<Priority> priorities =
            Weighted.of(new EnumMap<>(Map.of(Priority.HIGH, 0.2, Priority.NORMAL, 0.6, Priority.LOW, 0.2)));
    private LengthRange promptLength = new LengthRange(50, 500);
    private LengthRange outputLength = new LengthRange(50, 200);
    private StreamTraits traits = StreamTraits.CHAT;

    private WorkloadSpecBuilder(Load load) {
        this.load = load;
    }

    /// Poisson arrivals at 10 requests per second.
    public static WorkloadSpecBuilder aWorkloadOf(int requests) {
        return aWorkloadOf(requests, new PoissonArrivals(10));
    }

    /// An open loop.
    public static WorkloadSpecBuilder aWorkloadOf(int requests, ArrivalProcess arrivals) {
        return aWorkloadOf(new Load.Open(arrivals, Extent.requests(requests)));
    }

    /// Any load.
    public static WorkloadSpecBuilder aWorkloadOf(Load load) {
        return new WorkloadSpecBuilder(load);
    }

    /// The first requests of a trace.
    public static WorkloadSpecBuilder aReplayOf(Trace trace, int requests) {
        return new WorkloadSpecBuilder(new Load.Replayed(trace, requests));
    }

    /// The models asked for.
    public WorkloadSpecBuilder models(Weighted<String> shares) {
        models = shares;
        return this;
    }

    /// The priorities drawn: among HIGH, NORMAL and LOW.
    public WorkloadSpecBuilder priorities(Weighted<Priority> shares) {
        priorities = shares;
        return this;
    }

    /// The lengths drawn.
    public WorkloadSpecBuilder lengths(LengthRange prompt, LengthRange output) {
        promptLength = prompt;
        outputLength = output;
        return this;
    }

    /// What the requests have in common beside that.
    public WorkloadSpecBuilder traits(StreamTraits common) {
        traits = common;
        return this;
    }

    /// The workload.
    public WorkloadSpec build() {
        return new WorkloadSpec(load, models, priorities, LEVELS, promptLength, outputLength, traits);
    }
}
