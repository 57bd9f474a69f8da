package io.sagebench.workload;

import static java.util.Objects.requireNonNull;

import io.sagebench.arrival.ArrivalProcess;
import io.sagebench.arrival.ArrivalProcess.ArrivalTimes;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// The plan a workload and a seed make. Times, kinds, priorities and texts come from parts of the seed of their own, as does what each kind draws,
/// so that a change of one leaves the others as they were.
public final class WorkloadPlan implements Plan {
    private static final String ARRIVALS = "arrivals";

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
        return conversing(spec, new WorkloadPlan(spec, seed.child("measured"), "req-"));
    }

    /// The requests sent before the measured ones: like them in kind, but other ones. They come in the same way; where the measured rate goes up and
    /// down, and for a trace, at random gaps and the mean rate.
    ///
    /// @param requests how many, at least 1
    public static Plan warmup(WorkloadSpec spec, int requests, Seed seed) {
        var extent = Extent.requests(requests);
        Load load =
                switch (spec.load()) {
                    case Load.Open(ArrivalProcess arrivals, Extent _) -> new Load.Open(arrivals.steady(), extent);
                    case Load.Replayed replayed -> new Load.Open(arrivalsOf(replayed).steady(), extent);
                    case Load.Closed(int concurrency, Extent _) -> new Load.Closed(concurrency, extent);
                };
        return new WorkloadPlan(spec.with(load), seed.child("warmup"), "warm-");
    }

    /// A few prompts like the measured ones, one after another and each twice, to see what a prefix cache is worth. Requests of an even index bring words
    /// that nobody has used, and the next ones the same.
    ///
    /// @param prompts how many, at least 1
    public static Plan probe(WorkloadSpec spec, int prompts, Seed seed) {
        var alone = new WorkloadSpec(new Load.Closed(1, Extent.requests(prompts)), spec.kinds(), spec.priorities());
        return new TwicePlan(new WorkloadPlan(alone, seed.child("probe"), "probe-"));
    }

    private static Plan conversing(WorkloadSpec spec, Plan plan) {
        return spec.conversations().<Plan>map(how -> new ConversationPlan(plan, how, spec)).orElse(plan);
    }

    /// The requests of one stream of a mixed load.
    ///
    /// @param seed the stream's
    static Plan ofStream(MixedWorkload.Stream stream, Seed seed) {
        return new WorkloadPlan(stream.spec(), seed, stream.name() + "-");
    }

    private static ArrivalProcess arrivalsOf(Load.Replayed replayed) {
        return new TraceArrivals(replayed.trace(), replayed.requests(), replayed.speed());
    }

    @Override
    public OptionalLong size() {
        return switch (spec.load()) {
            case Load.Open(ArrivalProcess arrivals, Extent extent) ->
                OptionalLong.of(extent.isTimed() || arrivals.ends() ? count(arrivals, extent) : extent.requests());
            case Load.Replayed replayed -> OptionalLong.of(replayed.requests());
            case Load.Closed(int _, Extent extent) ->
                extent.isTimed() ? OptionalLong.empty() : OptionalLong.of(extent.requests());
        };
    }

    private long count(ArrivalProcess arrivals, Extent extent) {
        ArrivalTimes times = arrivals.start(seed.child(ARRIVALS));
        long count = 0;
        while (extent.includes(count, times.nextAtNanos())) {
            count++;
        }
        return count;
    }

    @Override
    public Reading open(long beginAtNanos) {
        return switch (spec.load()) {
            case Load.Open(ArrivalProcess arrivals, Extent extent) -> new Arriving(beginAtNanos, arrivals, extent, new Drawing());
            case Load.Replayed replayed ->
                new Arriving(
                        beginAtNanos,
                        arrivalsOf(replayed),
                        Extent.requests(replayed.requests()),
                        new Drawing(replayed.trace()));
            case Load.Closed(int concurrency, Extent extent) -> new InTurn(beginAtNanos, concurrency, extent);
        };
    }

    /// Requests at times that stand beforehand.
    private final class Arriving implements Reading {
        private final long beginAtNanos;
        private final ArrivalTimes times;
        private final Extent extent;
        private final Drawing drawing;
        private long comingAtNanos;

        Arriving(long beginAtNanos, ArrivalProcess arrivals, Extent extent, Drawing drawing) {
            this.beginAtNanos = beginAtNanos;
            this.extent = extent;
            this.drawing = drawing;
            times = arrivals.start(seed.child(ARRIVALS));
            comingAtNanos = times.nextAtNanos();
        }

        @Override
        public boolean hasNext() {
            return extent.includes(drawing.drawn(), comingAtNanos);
        }

        @Override
        public PlannedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the plan has " + drawing.drawn() + " requests");
            }
            PlannedRequest request = drawing.next(beginAtNanos + comingAtNanos);
            comingAtNanos = times.nextAtNanos();
            return request;
        }
    }

    /// Requests of callers who wait for their answers: one for each at the beginning, then one whenever one has ended. What is asked does not depend
    /// on the times: request i is the same under every policy.
    private final class InTurn implements Reading {
        private final long beginAtNanos;
        private final int concurrency;
        private final Extent extent;
        private final Drawing drawing = new Drawing();

        InTurn(long beginAtNanos, int concurrency, Extent extent) {
            this.beginAtNanos = beginAtNanos;
            this.concurrency = concurrency;
            this.extent = extent;
        }

        @Override
        public boolean hasNext() {
            return drawing.drawn() < concurrency && extent.includes(drawing.drawn(), 0);
        }

        @Override
        public PlannedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the loop begins with " + drawing.drawn() + " requests");
            }
            return drawing.next(beginAtNanos);
        }

        @Override
        public Optional<PlannedRequest> after(PlannedRequest ended, long endedAtNanos, boolean completed) {
            long atNanos = completed ? endedAtNanos : endedAtNanos + Load.Closed.PAUSE_AFTER_FAILURE_NANOS;
            return extent.includes(drawing.drawn(), atNanos - beginAtNanos)
                    ? Optional.of(drawing.next(atNanos))
                    : Optional.empty();
        }
    }

    /// Draws what is asked, request by request.
    private final class Drawing {
        private final SplittableRandom chosenKinds = seed.child("kinds").generator();
        private final SplittableRandom priorities = seed.child("priorities").generator();
        private final Map<String, KindReading> kinds = new HashMap<>();
        private final Seed texts = seed.child("texts");
        private final Seed ids = seed.child("ids");
        private final Optional<Trace> trace;
        private long index;

        Drawing() {
            this(Optional.empty());
        }

        /// @param trace brings the lengths
        Drawing(Trace trace) {
            this(Optional.of(trace));
        }

        private Drawing(Optional<Trace> trace) {
            this.trace = trace;
            List<RequestKind> all = spec.kinds().values();
            all.forEach(kind ->
                    kinds.put(kind.name(), new KindReading(kind, all.size() == 1 ? seed : seed.child("kinds").child(kind.name()))));
        }

        /// How many were drawn.
        long drawn() {
            return index;
        }

        PlannedRequest next(long intendedAtNanos) {
            Priority priority = spec.priorities().draw(priorities);
            KindReading kind = requireNonNull(kinds.get(spec.kinds().draw(chosenKinds).name()));
            KindReading.Drawn drawn =
                    trace.isPresent() ? kind.next(priority, trace.get(), (int) index) : kind.next(priority);
            var request = new PlannedRequest(
                    new RequestId(idPrefix + index + "-" + HexFormat.of().toHexDigits(ids.child(index).value())),
                    index,
                    intendedAtNanos,
                    drawn.model(),
                    drawn.priority(),
                    drawn.promised(),
                    drawn.promptTokens(),
                    drawn.outputTokens(),
                    texts.child(index),
                    drawn.form(),
                    drawn.caller(),
                    false);
            index++;
            return request;
        }
    }
}
