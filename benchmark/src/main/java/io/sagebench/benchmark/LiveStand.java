package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.ClientTexts;
import io.sagebench.live.client.ControlPlaneAdmin;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.monitor.ClientHealthMonitor;
import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.time.Timeline;
import io.sagebench.workload.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A policy in force on a real server: sends over HTTP, in real time.
final class LiveStand implements Stand, AutoCloseable {
    private static final long LEAD_NANOS = 20_000_000;
    private static final long TICK_MILLIS = 250;

    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final ControlPlaneAdmin admin;
    private final Supplier<Optional<Throwable>> targetFailure;
    private final Optional<TokenRecount> recount;
    private final Optional<MachineMonitor> machines;
    private OptionalLong epoch = OptionalLong.empty();
    private Optional<String> degraded = Optional.empty();
    private Optional<String> note = Optional.empty();

    /// @param wording       of prompts that are made up
    /// @param targetFailure what has ended the target, when it lives in this process and has failed
    /// @param machines      watches machines, if any are watched
    LiveStand(
            URI url,
            BenchmarkConfig config,
            ControlPlaneAdmin admin,
            Wording wording,
            Supplier<Optional<Throwable>> targetFailure,
            Optional<MachineMonitor> machines) {
        this.machines = machines;
        recount = config.client().tokenizer().map(tokenizer -> new TokenRecount(tokenizer, wording));
        ClientOptions options = options(config).with(new ClientTexts(wording, recount.map(counting -> counting)));
        var clock = new RunClock();
        this.admin = admin;
        this.targetFailure = targetFailure;
        timeline = new LiveTimeline("load-generator", clock, _ -> {}); // looked for in run
        client = config.client()
                .trust()
                .map(trust -> new HttpLoadClient(url, options, clock, timeline, trust))
                .orElseGet(() -> new HttpLoadClient(url, options, clock, timeline));
        timeline.start();
    }

    private static ClientOptions options(BenchmarkConfig config) {
        BenchmarkConfig.ClientConfig limits = config.client();
        return new ClientOptions(
                limits.connect(),
                limits.firstByte(),
                limits.idle(),
                limits.total(),
                limits.streaming(),
                limits.ignoreEos(),
                config.client().apiKey().map(ApiKey::reveal));
    }

    void inForce(OptionalLong policyEpoch, Optional<String> fallsShort, Optional<String> leftOver) {
        epoch = policyEpoch;
        note = leftOver;
        degraded = fallsShort;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public LoadClient client() {
        return client;
    }

    @Override
    public OptionalLong epoch() {
        return epoch;
    }

    @Override
    public long leadNanos() {
        return LEAD_NANOS;
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public void run(Consumer<Runnable> begin, Runnable tick) {
        var ended = new CountDownLatch(1);
        timeline.execute(() -> begin.accept(ended::countDown));
        try {
            while (!ended.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                failLoudly("load generator", timeline.failure());
                failLoudly("embedded control plane", targetFailure.get());
                tick.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run goes on", interrupted);
        }
    }

    private static void failLoudly(String who, Optional<Throwable> failure) {
        if (failure.isPresent()) {
            throw new IllegalStateException("the " + who + " failed", failure.get());
        }
    }

    @Override
    public void post(Runnable action) {
        try {
            timeline.execute(action);
        } catch (RejectedExecutionException over) {
            // the run has ended by itself: nothing is left to stop
        }
    }

    @Override
    public HealthWatch watchHealth() {
        var monitor = new ClientHealthMonitor(client::localSocketErrors);
        monitor.start();
        return monitor::stop;
    }

    @Override
    public Optional<MachineMonitor.Watch> watchMachines() {
        return machines.map(monitor -> monitor.watch(System.nanoTime() + LEAD_NANOS));
    }

    @Override
    public Optional<String> controlPlaneMetricsJson() {
        return admin.metrics();
    }

    @Override
    public Optional<String> degraded() {
        return degraded;
    }

    @Override
    public Optional<String> note() {
        return note;
    }

    @Override
    public Optional<TokenRecount> recount() {
        return recount;
    }

    @Override
    public void close() {
        client.close();
        timeline.close();
        machines.ifPresent(MachineMonitor::close);
    }
}
