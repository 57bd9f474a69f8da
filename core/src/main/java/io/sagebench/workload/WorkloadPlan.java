package io.sagebench.workload;

import static java.util.Objects.requireNonNull;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.BatchArrivals;
import io.sagebench.arrival.PoissonArrivals;
import io.sagebench.arrival.UniformArrivals;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/// The plan a workload and a seed make. Times, kinds, priorities and texts come from parts of the seed of their own, as does what each kind draws,
/// so that a change of one leaves the others as they were.
public final class WorkloadPlan implements Plan {
    private final WorkloadSpec spec;
    private final Seed seed;
    private final String idPrefix;

    private WorkloadPlan(WorkloadSpec spec, Seed seed, String idPrefix) {
        this.spec = spec;
        this.seed = seed;
        this.idPrefix = idPrefix;
    }

    /// The measured requests of a run.
    ///
    /// @param seed the run's seed
    public static Plan measured(WorkloadSpec spec, Seed seed) {
        return new WorkloadPlan(spec, seed.child("measured"), "req-");
    }

    /// The requests sent before the measured ones: like them in kind, but other ones. They come at the measured rate; for a trace, at its mean
    /// rate.
    ///
    /// @param requests how many, at least 1
    public static Plan warmup(WorkloadSpec spec, int requests, Seed seed) {
        Load load =
                switch (spec.load()) {
                    case Load.Generated(int _, double rate, Load.Pattern pattern) ->
                        new Load.Generated(requests, rate, pattern);
                    case Load.Replayed(Trace trace, int count) ->
                        new Load.Generated(requests, meanRate(trace, count), Load.Pattern.POISSON);
                    case Load.Arriving(int _, ArrivalProcess arrivals) -> new Load.Arriving(requests, arrivals);
                };
        return new WorkloadPlan(spec.with(load), seed.child("warmup"), "warm-");
    }

    /// The requests of one stream of a mixed load.
    ///
    /// @param seed the stream's
    static Plan ofStream(MixedWorkload.Stream stream, Seed seed) {
        return new WorkloadPlan(stream.spec(), seed, stream.name() + "-");
    }

    private static double meanRate(Trace trace, int count) {
        long spanNanos = trace.atNanos(count - 1) - trace.atNanos(0);
        return spanNanos == 0 ? 1 : count * 1e9 / spanNanos;
    }

    @Override
    public long size() {
        return switch (spec.load()) {
            case Load.Generated generated -> generated.requests();
            case Load.Replayed replayed -> replayed.requests();
            case Load.Arriving arriving -> arriving.requests();
        };
    }

    @Override
    public Iterator<PlannedRequest> open(long beginAtNanos) {
        return new Reading(beginAtNanos);
    }

    private final class Reading implements Iterator<PlannedRequest> {
        private final long beginAtNanos;
        private final long size = size();
        private final SplittableRandom chosenKinds = seed.child("kinds").generator();
        private final SplittableRandom priorities = seed.child("priorities").generator();
        private final Map<String, KindReading> kinds = new HashMap<>();
        private final Seed texts = seed.child("texts");
        private final Seed ids = seed.child("ids");
        private final ArrivalProcess.ArrivalTimes times;
        private long next;

        Reading(long beginAtNanos) {
            this.beginAtNanos = beginAtNanos;
            this.times = processOf(spec.load()).start(seed.child("arrivals"));
            List<RequestKind> all = spec.kinds().values();
            all.forEach(kind ->
                    kinds.put(kind.name(), new KindReading(kind, all.size() == 1 ? seed : seed.child("kinds").child(kind.name()))));
        }

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public PlannedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the plan has " + size + " requests");
            }
            long index = next++;
            Priority priority = spec.priorities().draw(priorities);
            KindReading kind = requireNonNull(kinds.get(spec.kinds().draw(chosenKinds).name()));
            KindReading.Drawn drawn = spec.load() instanceof Load.Replayed(Trace trace, int _)
                    ? kind.next(priority, trace, (int) index)
                    : kind.next(priority);
            return new PlannedRequest(
                    new RequestId(idPrefix + index + "-" + HexFormat.of().toHexDigits(ids.child(index).value())),
                    index,
                    beginAtNanos + times.nextAtNanos(),
                    drawn.model(),
                    priority,
                    drawn.promised(),
                    drawn.promptTokens(),
                    drawn.outputTokens(),
                    texts.child(index),
                    drawn.form(),
                    drawn.caller(),
                    false);
        }
    }

    private static ArrivalProcess processOf(Load load) {
        return switch (load) {
            case Load.Generated(int _, double rate, Load.Pattern pattern) ->
                switch (pattern) {
                    case UNIFORM -> new UniformArrivals(rate);
                    case POISSON -> new PoissonArrivals(rate);
                    case BATCH -> new BatchArrivals();
                };
            case Load.Replayed(Trace trace, int _) -> new TraceArrivals(trace);
            case Load.Arriving(int _, ArrivalProcess arrivals) -> arrivals;
        };
    }
}
