package io.sagebench.benchmark;

import io.sagebench.journal.Journal;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.metrics.CacheProbeTally;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.monitor.WatchedWindow;
import io.sagebench.random.Seed;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.RecordSink;
import io.sagebench.workload.Plan;
import io.sagebench.workload.WorkloadPlan;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One measurement of one policy on a stand: warm-up, then the measured window. The same for live and virtual runs.
final class Measurement {
    /// Enough for a median, and no load to speak of.
    private static final int PROBE_PROMPTS = 8;

    private final BenchmarkConfig config;
    private final Turn turn;
    private final boolean announcesOutput;
    private final Stand stand;
    private final Seed seed;
    private final BenchmarkListener listener;
    private final RecordSink records;
    private final MetricsCollector pooled;
    private final CacheProbeTally probed;
    private final MetricsCollector own = new MetricsCollector();
    private final LiveProgress progress = new LiveProgress();
    private volatile @Nullable LoadGenerator measured;
    /// Sends what comes before the measured load.
    private @Nullable LoadGenerator before;
    private @Nullable InFlightCount inFlight;
    private Stand.@Nullable HealthWatch watch;
    private volatile Optional<MachineMonitor.Watch> machines = Optional.empty();
    private volatile @Nullable MeasuredWindow window;
    private Instant startedAt = Instant.EPOCH;
    private long beganAtNanos;
    private boolean stopped;
    private Runnable whenDone = () -> {};

    /// What a measurement gave.
    ///
    /// @param metrics  its numbers
    /// @param peak     the most requests in flight at once
    /// @param requestSeconds requests in flight, summed over time
    /// @param machines what was seen of machines meanwhile, where they are watched
    record Result(
            MetricsCollector metrics,
            int peak,
            double requestSeconds,
            ClientHealth health,
            Instant startedAt,
            Instant endedAt,
            Optional<WatchedWindow> machines) {}

    /// @param announcesOutput whether the length of each answer is told ahead, as ceilings need it
    /// @param pooled takes the records too: the numbers of all repeats together
    /// @param probed takes the answers to the prompts that are sent twice, where the configuration wants that
    Measurement(
            BenchmarkConfig config,
            Turn turn,
            boolean announcesOutput,
            Stand stand,
            Seed seed,
            BenchmarkListener listener,
            RecordSink records,
            MetricsCollector pooled,
            CacheProbeTally probed) {
        this.config = config;
        this.turn = turn;
        this.announcesOutput = announcesOutput;
        this.stand = stand;
        this.seed = seed;
        this.listener = listener;
        this.records = records;
        this.pooled = pooled;
        this.probed = probed;
    }

    /// Runs it to its end, or until it is asked to stop. Blocks.
    ///
    /// @return absent when it was stopped before a measured request had ended
    Optional<Result> run(StopSignal stop) {
        stop.whenRequested(() -> stand.post(this::stop));
        stand.run(this::begin, this::tick);
        Instant endedAt = stand.instant();
        tick();
        Optional<WatchedWindow> seen = machines.map(MachineMonitor.Watch::seen);
        LoadGenerator generator = measured;
        Stand.HealthWatch watching = watch;
        InFlightCount counted = inFlight;
        if (generator == null || watching == null || counted == null || generator.ended() == 0) {
            return Optional.empty();
        }
        MeasuredWindow opened = window;
        if (opened != null) {
            seen.ifPresent(samples -> records.watched(opened, samples));
        }
        pooled.endWindow();
        return Optional.of(
                new Result(
                        own,
                        generator.peakInFlight(),
                        counted.requestSeconds(),
                        watching.stop().holdingBack(generator.heldBack()),
                        startedAt,
                        endedAt,
                        seen));
    }

    private void begin(Runnable done) {
        whenDone = done;
        if (stopped) {
            done.run();
        } else {
            beginWarmup();
        }
    }

    private void beginWarmup() {
        if (config.warmup() == 0) {
            beginProbe();
            return;
        }
        listener.warmingUp(turn, config.warmup());
        sendBefore(WorkloadPlan.warmup(config.workload(), config.warmup(), seed), _ -> {}, this::beginProbe);
    }

    private void beginProbe() {
        if (stopped) {
            whenDone.run();
        } else if (config.measuring().cacheProbe()) {
            sendBefore(WorkloadPlan.probe(config.workload(), PROBE_PROMPTS, seed), probed, this::beginMeasured);
        } else {
            beginMeasured();
        }
    }

    private void sendBefore(Plan plan, Journal journal, Runnable then) {
        var generator = new LoadGenerator(
                stand.timeline(),
                announced(worded(plan)),
                stand.timeline().nowNanos() + stand.leadNanos(),
                mostInFlight(),
                stand.client(),
                journal,
                then);
        before = generator;
        generator.start();
    }

    private int mostInFlight() {
        return config.client().mostInFlight().orElse(LoadGenerator.UNLIMITED);
    }

    /// In words of the policy's own: else one that is measured later finds the prompts of those before in the caches of the engines. Simulated engines are
    /// made anew for each policy.
    private Plan worded(Plan plan) {
        return config.target() instanceof Target.Simulated ? plan : plan.with(request -> request.reworded(turn.policy()));
    }

    private Plan announced(Plan plan) {
        return announcesOutput ? plan.announcingOutput() : plan;
    }

    private void beginMeasured() {
        if (stopped) {
            whenDone.run();
            return;
        }
        beganAtNanos = stand.timeline().nowNanos() + stand.leadNanos();
        startedAt = stand.instant().plusNanos(stand.leadNanos());
        watch = stand.watchHealth();
        machines = stand.watchMachines();
        var opened = new MeasuredWindow(turn.policy(), turn.repeat(), beganAtNanos, startedAt);
        window = opened;
        Journal all = records.open(opened)
                .and(own)
                .and(pooled);
        Optional<TokenRecount.Window> counting = stand.recount().map(recount -> recount.over(all, stand::post));
        Journal told = progress.and(record -> listener.ended(turn, record));
        Journal journal = told.and(counting.<Journal>map(window -> window).orElse(all));
        var flying = new InFlightCount(stand.client(), stand.timeline());
        inFlight = flying;
        var generator = new LoadGenerator(
                stand.timeline(),
                announced(worded(WorkloadPlan.measured(config.workload(), seed))),
                beganAtNanos,
                mostInFlight(),
                flying,
                journal,
                () -> {
                    machines.ifPresent(MachineMonitor.Watch::end);
                    counting.ifPresentOrElse(this::count, whenDone);
                });
        measured = generator;
        listener.measuring(turn);
        generator.start();
    }

    /// What the servers did not count, when the window is over.
    private void count(TokenRecount.Window window) {
        Stand.HealthWatch watching = watch;
        if (!window.isComplete() && watching != null) {
            ClientHealth untilNow = watching.stop();
            watch = () -> untilNow; // counting is no part of what is measured
        }
        window.finish(whenDone);
    }

    private void stop() {
        stopped = true;
        LoadGenerator sending = measured != null ? measured : before;
        if (sending != null) {
            sending.stop();
        } else {
            whenDone.run();
        }
    }

    private void tick() {
        LoadGenerator generator = measured;
        if (generator != null) {
            listener.progress(new Progress(
                    turn,
                    Math.max(0, stand.timeline().nowNanos() - beganAtNanos),
                    generator.sent(),
                    generator.ended(),
                    progress.errors(),
                    progress.p50Nanos(),
                    progress.p99Nanos()));
        }
    }
}
