package io.sagebench.benchmark.engine;

import io.sagebench.arrival.BatchArrivals;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.engine.EngineOptions.Mode;
import io.sagebench.benchmark.engine.EngineWorkload.Execution;
import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.client.Rehearsal;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.random.Seed;
import io.sagebench.report.engine.EngineMeter;
import io.sagebench.report.engine.EngineWindow;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.Extent;
import io.sagebench.workload.LengthRange;
import io.sagebench.workload.Plan;
import io.sagebench.workload.RequestKind;
import io.sagebench.workload.StreamTraits;
import io.sagebench.workload.Weighted;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec;
import io.sagebench.workload.WorkloadSpec.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Measures an engine over its port with the load generator and the client that measure control planes.
public final class HttpEngineRunner implements EngineRunner {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REHEARSAL = Duration.ofMillis(300);
    private static final long LEAD_NANOS = 20_000_000;
    private static final long TICK_MILLIS = 250;
    /// How many prompts are made for a run that ends with time rather than a number of requests, when its rate does not say.
    private static final int PROMPTS_OF_CALLERS = 512;
    private static final double SPARE_ARRIVALS = 1.5;

    private static final int MOCK_REQUESTS = 480;
    private static final int MOCK_OUTPUT = 4;
    private static final Load MOCK_REHEARSAL = new Load.Closed(32, new Extent(MOCK_REQUESTS, Duration.ofMillis(1500)));
    private static final Load MOCK_CONNECTIONS = new Load.Closed(32, Extent.requests(32));

    private final PromptSource source;
    private final EngineListener listener;
    private final Optional<EngineTarget> reference;
    private final Optional<EngineWatching> machines;
    private boolean rehearsed;

    /// @param source where prompts come from
    public HttpEngineRunner(PromptSource source, EngineListener listener) {
        this(source, listener, Optional.empty());
    }

    /// @param reference an engine by whose tokens the lengths of all prompts are meant, so that several engines get the same texts; absent for
    ///                  the tokens of each
    public HttpEngineRunner(PromptSource source, EngineListener listener, Optional<EngineTarget> reference) {
        this(source, listener, reference, Optional.empty());
    }

    /// One that watches machines meanwhile.
    public HttpEngineRunner(PromptSource source, EngineListener listener, EngineWatching machines) {
        this(source, listener, Optional.empty(), Optional.of(machines));
    }

    private HttpEngineRunner(
            PromptSource source, EngineListener listener, Optional<EngineTarget> reference, Optional<EngineWatching> machines) {
        this.machines = machines;
        this.source = source;
        this.listener = listener;
        this.reference = reference;
    }

    @Override
    public EngineRun measure(EngineTarget target, EngineWorkload workload, EngineOptions options, int repeat, StopSignal stop) {
        var seed = new Seed(options.seed()).child(workload.name()).child(repeat);
        PromptMaker maker = PromptMaker.of(reference.orElse(target));
        Load load = load(workload, options);
        Plan measured = plan(target, workload, options, load, maker, seed.child("measured"), prompts(load));
        int warmup = options.warmup().orElse(workload.warmup());
        Load rehearsal = rehearsed ? MOCK_CONNECTIONS : MOCK_REHEARSAL;
        if (!rehearsed) {
            rehearsed = true;
            Rehearsal.run(REHEARSAL);
        }
        try (var sending = new Sending(target, workload, options)) {
            if (target.backend() == EngineBackend.MOCK && !stop.isRequested()) {
                // its port is ours, and as slow as this client in its first requests; a real engine's first ones are its own affair
                sending.send(
                        plan(target, brief(workload), options, rehearsal, maker, seed.child("rehearsal"), MOCK_REQUESTS), stop, Watching.NOBODY);
            }
            if (warmup > 0 && !stop.isRequested()) {
                listener.warmingUp(workload, repeat, warmup);
                var one = new Load.Closed(1, Extent.requests(warmup));
                sending.send(plan(target, workload, options, one, maker, seed.child("warmup"), warmup), stop, Watching.NOBODY);
            }
            listener.measuring(workload, repeat);
            var watch = EngineUseOf.start(target);
            machines.ifPresent(watched -> watched.begin(System.nanoTime() + LEAD_NANOS));
            Sent sent = sending.send(measured, stop, watching(workload, repeat));
            machines.ifPresent(EngineWatching::end);
            var window = new EngineWindow(sent.records, sent.beganAtNanos, sent.startedAt, watch.stop());
            var run = new EngineRun(workload, repeat, window, EngineMeter.of(List.of(window)), sent.stopped);
            listener.measured(run);
            return run;
        }
    }

    private static EngineWorkload brief(EngineWorkload workload) {
        return new EngineWorkload(
                workload.name(),
                workload.type(),
                workload.purpose(),
                Optional.empty(),
                Math.max(1, workload.promptTokens()),
                Math.min(workload.outputTokens(), MOCK_OUTPUT),
                MOCK_REQUESTS,
                workload.execution(),
                workload.asking(),
                0);
    }

    /// When its requests come.
    static Load load(EngineWorkload workload, EngineOptions options) {
        Extent extent = options.duration().map(Extent::time).orElse(Extent.requests(workload.requests()));
        if (options.mode() == Mode.BATCH) {
            return new Load.Open(new BatchArrivals(), extent);
        }
        if (options.arrivals().isPresent()) {
            return new Load.Open(options.arrivals().get(), extent);
        }
        if (options.concurrency().isPresent()) {
            return new Load.Closed(options.concurrency().getAsInt(), extent);
        }
        return switch (workload.execution()) {
            case Execution.Callers(int concurrency) -> new Load.Closed(concurrency, extent);
            case Execution.AtOnce _ ->
                extent.isTimed() ? new Load.Closed(workload.requests(), extent) : new Load.Open(new BatchArrivals(), extent);
        };
    }

    /// How many prompts a load takes, or enough of them.
    private static int prompts(Load load) {
        return switch (load) {
            case Load.Open(var arrivals, Extent extent) when extent.isTimed() ->
                Math.clamp(
                        (long) (arrivals.meanPerSecond() * extent.span().toMillis() / 1e3 * SPARE_ARRIVALS) + PROMPTS_OF_CALLERS / 16,
                        1,
                        1 << 20);
            case Load.Open(var _, Extent extent) -> Math.toIntExact(extent.requests());
            case Load.Closed(int _, Extent extent) -> extent.countsRequests() ? Math.toIntExact(extent.requests()) : PROMPTS_OF_CALLERS;
            case Load.Replayed replayed -> replayed.requests();
        };
    }

    private Plan plan(
            EngineTarget target, EngineWorkload workload, EngineOptions options, Load load, PromptMaker maker, Seed seed, int prompts) {
        return plan(target.model(), workload, options, load, source.prompts(maker, workload, seed.child("prompts"), prompts), seed);
    }

    /// Its requests.
    static Plan plan(String model, EngineWorkload workload, EngineOptions options, Load load, PromptSet prompts, Seed seed) {
        var kind = new RequestKind(
                workload.name(),
                Weighted.always(model),
                Map.of(Priority.NORMAL, ServiceLevel.NONE),
                new LengthRange(1, 1), // prompts bring their own
                new LengthRange(workload.outputTokens(), workload.outputTokens()),
                StreamTraits.prompts(
                        options.endpoint() == EngineOptions.Endpoint.CHAT ? RequestType.LLM_CHAT : RequestType.LLM_GENERATE),
                Optional.of(prompts));
        return WorkloadPlan.measured(new WorkloadSpec(load, Weighted.always(kind), Weighted.always(Priority.NORMAL)), seed);
    }

    /// The fields of each request's body, as far as the engine knows them.
    static Map<String, Object> sampling(EngineTarget target, EngineWorkload workload, EngineOptions options) {
        var fields = new LinkedHashMap<String, Object>();
        EngineWorkload.Asking asking = workload.asking();
        asking.temperature().ifPresent(value -> fields.put("temperature", value));
        asking.topP().ifPresent(value -> fields.put("top_p", value));
        if (target.backend().can(EngineCapability.FURTHER_SAMPLING)) {
            asking.topK().ifPresent(value -> fields.put("top_k", value));
            asking.repetitionPenalty().ifPresent(value -> fields.put("repetition_penalty", value));
        }
        if (target.backend().can(EngineCapability.SEED)) {
            fields.put("seed", options.seed());
        }
        fields.putAll(asking.extra());
        return fields;
    }

    /// Requests of one plan after they have ended.
    private record Sent(List<RequestRecord> records, long beganAtNanos, Instant startedAt, boolean stopped) {}

    /// Is told how many requests were sent and how many have ended.
    private interface Ticker {
        void at(long sent, long ended);
    }

    /// Who is told how the requests of a plan fare.
    private record Watching(Ticker ticker, Journal journal) {
        static final Watching NOBODY = new Watching((_, _) -> {}, _ -> {});
    }

    private Watching watching(EngineWorkload workload, int repeat) {
        return new Watching(
                (sent, ended) -> listener.progress(workload, repeat, sent, ended), record -> listener.ended(workload, repeat, record));
    }

    /// Client and timeline of one measurement, warm-up included, so that its connections are there when it counts.
    private static final class Sending implements AutoCloseable {
        private final LiveTimeline timeline;
        private final HttpLoadClient client;
        private volatile @Nullable LoadGenerator sending;

        Sending(EngineTarget target, EngineWorkload workload, EngineOptions options) {
            var clock = new RunClock();
            timeline = new LiveTimeline("engine-load", clock, _ -> {}); // looked for in send
            var how = new ClientOptions(
                    CONNECT,
                    options.timeout(),
                    options.timeout(),
                    options.timeout(),
                    workload.asking().streaming(),
                    target.backend().can(EngineCapability.IGNORE_EOS),
                    target.apiKey().map(ApiKey::reveal),
                    Map.of(),
                    sampling(target, workload, options));
            client = new HttpLoadClient(target.url(), how, clock, timeline);
            timeline.start();
        }

        /// Sends a plan and waits for its end.
        Sent send(Plan plan, StopSignal stop, Watching watching) {
            var records = new ArrayList<RequestRecord>(); // of the timeline, until all is done
            Journal journal = ((Journal) records::add).and(watching.journal());
            var done = new CountDownLatch(1);
            long beginAtNanos = timeline.nowNanos() + LEAD_NANOS;
            Instant startedAt = Instant.now().plusNanos(LEAD_NANOS);
            timeline.execute(() -> {
                var generator = new LoadGenerator(
                        timeline, plan, beginAtNanos, LoadGenerator.UNLIMITED, client, journal, done::countDown);
                sending = generator;
                generator.start();
            });
            stop.whenRequested(() -> post(this::stop));
            await(done, () -> tick(watching.ticker()));
            records.sort(Comparator.comparingLong(record -> record.planned().index()));
            OptionalLong planned = plan.size();
            boolean cut = stop.isRequested() && (planned.isEmpty() || records.size() < planned.getAsLong() || anyCancelled(records));
            return new Sent(List.copyOf(records), beginAtNanos, startedAt, cut);
        }

        private void stop() {
            LoadGenerator generator = sending;
            if (generator != null) {
                generator.stop();
            }
        }

        private void tick(Ticker ticker) {
            LoadGenerator generator = sending;
            if (generator != null) {
                ticker.at(generator.sent(), generator.ended());
            }
        }

        private static boolean anyCancelled(List<RequestRecord> records) {
            return records.stream().anyMatch(record -> record.outcome() instanceof Outcome.Cancelled);
        }

        private void post(Runnable action) {
            try {
                timeline.execute(action);
            } catch (RejectedExecutionException over) {
                // it has ended by itself: nothing is left to stop
            }
        }

        private void await(CountDownLatch done, Runnable tick) {
            try {
                while (!done.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    Optional<Throwable> failure = timeline.failure();
                    if (failure.isPresent()) {
                        throw new IllegalStateException("the load generator failed", failure.get());
                    }
                    tick.run();
                }
                tick.run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a run goes on", interrupted);
            }
        }

        @Override
        public void close() {
            client.close();
            timeline.close();
        }
    }
}
