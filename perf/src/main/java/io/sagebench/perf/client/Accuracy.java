package io.sagebench.perf.client;

import io.sagebench.journal.ContentTimes;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Samples;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Sends an open loop of Poisson arrivals and compares what the load client stamped with what the server says it wrote.
final class Accuracy {
    private final Settings settings;
    private final RunClock clock = new RunClock();
    private final LiveTimeline timeline = new LiveTimeline("timeline", clock, Throwable::printStackTrace);
    private final Map<String, ContentTimes> contents = new HashMap<>();
    private final Samples sendLag = new Samples();
    private final Samples ttftError = new Samples();
    private final Samples gapError = new Samples();
    private int failed;

    Accuracy(Settings settings) {
        this.settings = settings;
    }

    /// What was found, in nanoseconds. Errors are absolute values.
    record Found(
            long compared,
            int failed,
            Optional<LatencySummary> sendLag,
            Optional<LatencySummary> ttftError,
            Optional<LatencySummary> gapError) {}

    Found measure() throws InterruptedException, IOException {
        long warmup = (long) (settings.perSecond() * settings.warmupSeconds());
        long requests = warmup + (long) (settings.perSecond() * settings.seconds());
        var done = new CountDownLatch(1);
        try (timeline;
                var client = new HttpLoadClient(settings.url(), settings.clientOptions(true), clock, timeline)) {
            timeline.start();
            var plan = new PoissonPlan(requests, settings.perSecond(), settings.tokens());
            timeline.call(() -> {
                var generator = new LoadGenerator(
                        timeline,
                        plan,
                        clock.nowNanos() + 100_000_000,
                        client,
                        ended -> keep(ended, warmup),
                        done::countDown);
                generator.start();
                return true;
            });
            done.await();
        }
        long compared = compare(serverLog());
        return new Found(compared, failed, sendLag.summary(), ttftError.summary(), gapError.summary());
    }

    private void keep(RequestRecord ended, long warmup) {
        if (ended.planned().index() < warmup) {
            return;
        }
        ended.sendLagNanos().ifPresent(sendLag::add);
        failed += ended.isCompleted() ? 0 : 1;
        contents.put(ended.planned().id().value(), ended.content());
    }

    private String serverLog() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(settings.url().resolve("/log")).build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }

    private long compare(String log) {
        long compared = 0;
        for (String line : log.split("\n", -1)) {
            String[] parts = line.split(" ", -1);
            ContentTimes read = contents.get(parts[0]);
            if (read == null || read.events() != parts.length - 1) {
                continue;
            }
            compared++;
            long writtenBefore = clock.toRunNanos(Long.parseLong(parts[1]));
            ttftError.add(Math.abs(read.eventAtNanos(0) - writtenBefore));
            for (int i = 1; i < read.events(); i++) {
                long written = clock.toRunNanos(Long.parseLong(parts[i + 1]));
                long readGap = read.eventAtNanos(i) - read.eventAtNanos(i - 1);
                gapError.add(Math.abs(readGap - (written - writtenBefore)));
                writtenBefore = written;
            }
        }
        return compared;
    }
}
