package io.sagebench.benchmark.calibrate;

import io.sagebench.engine.sim.calibration.ObservedRequest;
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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Drives the waves of a sweep through a server, each when the one before has ended. Prompts differ from their first token on, and answers are
/// asked for at full length. Used by one thread.
final class LiveSweep implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final long TICK_MILLIS = 250;
    private static final SweepLevel WARM_UP = new SweepLevel(
            "warm-up", 4, Collections.nCopies(8, new SweepLevel.Lengths(256, 16)));

    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final String model;
    private final Seed prompts;
    private long index;

    LiveSweep(URI url, Optional<String> apiKey, String model, Seed seed) {
        var clock = new RunClock();
        timeline = new LiveTimeline("calibration", clock, _ -> {}); // looked for while a wave runs
        client = new HttpLoadClient(url, new ClientOptions(CONNECT, WHOLE, WHOLE, WHOLE, true, true, apiKey), clock, timeline);
        this.model = model;
        this.prompts = seed.child("prompts");
        timeline.start();
    }

    /// What was measured.
    ///
    /// @param observed     requests that were answered
    /// @param failures     how many were not
    /// @param firstFailure what became of the first of these; empty when there are none
    /// @param cachedTokens prompt tokens that came from the server's prefix cache, as far as it says
    record Swept(List<ObservedRequest> observed, int failures, String firstFailure, long cachedTokens) {}

    /// Blocks until all of it is done.
    Swept run(SweepPlan plan, Consumer<String> progress) {
        progress.accept("warming up");
        WARM_UP.waves().forEach(this::send);
        var observed = new ArrayList<ObservedRequest>();
        var failures = new ArrayList<RequestRecord>();
        long cachedTokens = 0;
        int number = 0;
        for (SweepLevel level : plan.levels()) {
            progress.accept("level " + ++number + "/" + plan.levels().size() + ": " + level.requests().size() + " requests, " + level.name());
            for (List<SweepLevel.Lengths> wave : level.waves()) {
                for (RequestRecord ended : send(wave)) {
                    cachedTokens += ended.tokens().cachedPrompt().orElse(0);
                    observed(ended).ifPresentOrElse(observed::add, () -> failures.add(ended));
                }
            }
        }
        String first = failures.isEmpty() ? "" : described(failures.getFirst());
        return new Swept(observed, failures.size(), first, cachedTokens);
    }

    private static String described(RequestRecord failure) {
        String detail = failure.outcome().detail();
        return failure.outcome().wireName() + (detail.isEmpty() ? "" : ": " + detail);
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

    /// The request as the fit wants it; absent when it was not answered.
    static Optional<ObservedRequest> observed(RequestRecord ended) {
        OptionalLong sent = ended.sentAtNanos();
        OptionalLong first = ended.content().firstTokenAtNanos();
        OptionalLong last = ended.content().lastContentAtNanos();
        boolean isUsable = ended.isCompleted()
                && sent.isPresent()
                && first.isPresent()
                && last.isPresent()
                && first.getAsLong() > sent.getAsLong()
                && ended.tokens().output() > 0;
        return isUsable
                ? Optional.of(new ObservedRequest(
                        sent.getAsLong(),
                        ended.tokens().prompt().orElse(ended.planned().promptTokens()),
                        ended.tokens().output(),
                        first.getAsLong(),
                        last.getAsLong()))
                : Optional.empty();
    }

    @Override
    public void close() {
        client.close();
        timeline.close();
    }
}
