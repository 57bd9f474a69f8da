package io.sagebench.benchmark.calibrate;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.calibrate.CalibrationOrder.Source;
import io.sagebench.engine.sim.calibration.SweepLevel;
import io.sagebench.engine.sim.calibration.SweepPlan;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Drives the waves of a sweep through a server, each when the one before has ended. Prompts differ from their first token on, and answers are
/// asked for at full length. Used by one thread.
final class LiveSweep implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final long TICK_MILLIS = 250;
    private static final double MANY_FAILURES = 0.1;
    private static final SweepLevel WARM_UP = new SweepLevel(
            "warm-up", 4, Collections.nCopies(8, new SweepLevel.Lengths(256, 16)));

    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final String model;
    private final Seed prompts;
    private long index;

    LiveSweep(Source.Server server, String model, Seed seed) {
        var clock = new RunClock();
        timeline = new LiveTimeline("calibration", clock, _ -> {}); // looked for while a wave runs
        var options = new ClientOptions(CONNECT, WHOLE, WHOLE, WHOLE, true, true, server.apiKey().map(ApiKey::reveal));
        client = server.trust()
                .map(trust -> new HttpLoadClient(server.url(), options, clock, timeline, trust))
                .orElseGet(() -> new HttpLoadClient(server.url(), options, clock, timeline));
        this.model = model;
        this.prompts = seed.child("prompts");
        timeline.start();
    }

    /// Blocks until all of it is done, or until it is clear that it comes to nothing: a server that answers nothing would take hours.
    Swept run(SweepPlan plan, Consumer<String> progress) {
        progress.accept("warming up");
        var warm = new ArrayList<RequestRecord>();
        WARM_UP.waves().forEach(wave -> warm.addAll(send(wave)));
        var warmUp = new Swept(warm, true);
        if (warmUp.observed().isEmpty()) {
            return warmUp;
        }
        var ended = new ArrayList<RequestRecord>();
        int number = 0;
        for (SweepLevel level : plan.levels()) {
            progress.accept("level " + ++number + "/" + plan.levels().size() + ": " + level.requests().size() + " requests, " + level.name());
            for (List<SweepLevel.Lengths> wave : level.waves()) {
                ended.addAll(send(wave));
                if (new Swept(ended, false).failures().size() > MANY_FAILURES * plan.requests()) {
                    return new Swept(ended, true);
                }
            }
        }
        return new Swept(ended, false);
    }

    private List<RequestRecord> send(List<SweepLevel.Lengths> wave) {
        var ended = new ArrayList<RequestRecord>();
        var all = new CountDownLatch(wave.size());
        timeline.execute(() -> {
            for (SweepLevel.Lengths lengths : wave) {
                client.send(planned(lengths), record -> {
                    ended.add(record);
                    all.countDown();
                });
            }
        });
        try {
            while (!all.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                timeline.failure().ifPresent(bug -> {
                    throw new IllegalStateException("the load generator failed", bug);
                });
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while requests are under way", interrupted);
        }
        return ended;
    }

    private PlannedRequest planned(SweepLevel.Lengths lengths) {
        long number = index++;
        return new PlannedRequest(
                new RequestId("calibrate-" + number),
                number,
                timeline.nowNanos(),
                model,
                Priority.NORMAL,
                ServiceLevel.NONE,
                lengths.promptTokens(),
                lengths.outputTokens(),
                prompts.child(number));
    }

    @Override
    public void close() {
        client.close();
        timeline.close();
    }
}
