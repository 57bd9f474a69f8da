package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.ControlPlaneAdmin;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.monitor.ClientHealthMonitor;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.time.Timeline;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A policy in force on a real server: sends over HTTP, in real time.
final class LiveStand implements Stand, AutoCloseable {
    private static final long LEAD_NANOS = 20_000_000;
    private static final long TICK_MILLIS = 250;
    private static final long LOOK_NANOS = 5_000_000;

    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final ControlPlaneAdmin admin;
    private final CountDownLatch over = new CountDownLatch(1);
    private OptionalLong epoch = OptionalLong.empty();

    LiveStand(URI url, BenchmarkConfig config, ControlPlaneAdmin admin) {
        var clock = new RunClock();
        this.admin = admin;
        timeline = new LiveTimeline("load-generator", clock, _ -> over.countDown());
        client = new HttpLoadClient(url, options(config), clock, timeline);
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
                config.apiKey().map(ApiKey::reveal));
    }

    void inForce(OptionalLong policyEpoch) {
        epoch = policyEpoch;
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
    public void run(Runnable begin, BooleanSupplier done, Runnable tick) {
        var ended = new CountDownLatch(1);
        timeline.execute(() -> {
            begin.run();
            lookUntil(done, ended);
        });
        try {
            while (!ended.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (over.getCount() == 0) {
                    throw new IllegalStateException("the load generator failed", timeline.failure().orElse(null));
                }
                tick.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run goes on", interrupted);
        }
    }

    private void lookUntil(BooleanSupplier done, CountDownLatch ended) {
        if (done.getAsBoolean()) {
            ended.countDown();
        } else {
            timeline.after(LOOK_NANOS, () -> lookUntil(done, ended));
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
    public Optional<String> controlPlaneMetricsJson() {
        return admin.metrics();
    }

    @Override
    public void close() {
        client.close();
        timeline.close();
    }
}
