package io.sagebench.perf.proxy;

import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Samples;
import io.sagebench.perf.client.PoissonPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Sends streams with Poisson arrivals through a proxy, and says how long the first token takes and how many events went through for each second of
/// the proxy's processor time.
///
/// Arguments: URL, requests per second, tokens of each answer, seconds not measured, seconds measured, process id of the proxy (0 for none).
public final class ProxyLoad {
    private static final double TICKS_PER_SECOND = 100; // of /proc, on every Linux

    private final double perSecond;
    private final int tokens;
    private final long warmupSeconds;
    private final long seconds;
    private final long process;
    private final RunClock clock = new RunClock();
    private final LiveTimeline timeline = new LiveTimeline("timeline", clock, Throwable::printStackTrace);
    private final Samples ttft = new Samples();
    private long fromNanos;
    private long toNanos;
    private long events;
    private long failed;

    private ProxyLoad(String[] arguments) {
        perSecond = Double.parseDouble(arguments[1]);
        tokens = Integer.parseInt(arguments[2]);
        warmupSeconds = Long.parseLong(arguments[3]);
        seconds = Long.parseLong(arguments[4]);
        process = Long.parseLong(arguments[5]);
    }

    /// Prints one line for people and scripts: `name value` pairs.
    public static void main(String[] arguments) throws InterruptedException, IOException {
        new ProxyLoad(arguments).run(URI.create(arguments[0]));
        System.exit(0);
    }

    private void run(URI url) throws InterruptedException, IOException {
        var limit = Duration.ofSeconds(60);
        var options = new ClientOptions(
                limit, limit, limit, limit.multipliedBy(10), true, false, Optional.empty(), Map.of());
        var done = new CountDownLatch(1);
        double cpuSeconds;
        try (timeline;
                var client = new HttpLoadClient(url, options, clock, timeline)) {
            timeline.start();
            long beginNanos = clock.nowNanos() + 100_000_000;
            fromNanos = beginNanos + warmupSeconds * 1_000_000_000;
            toNanos = fromNanos + seconds * 1_000_000_000;
            var plan = new PoissonPlan((long) (perSecond * (warmupSeconds + seconds)), perSecond, tokens);
            timeline.call(() -> {
                new LoadGenerator(timeline, plan, beginNanos, client, this::keep, done::countDown).start();
                return true;
            });
            Thread.sleep(100 + warmupSeconds * 1_000);
            double before = cpuSeconds();
            Thread.sleep(seconds * 1_000);
            cpuSeconds = cpuSeconds() - before;
            done.await();
        }
        LatencySummary summary = ttft.summary().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "requests %d failed %d ttft_p50_ms %.3f ttft_p99_ms %.3f events_per_second %.0f cpu_share_of_a_core %.3f events_per_cpu_second %s%n",
                summary.count(),
                failed,
                summary.p50() / 1e6,
                summary.p99() / 1e6,
                (double) events / seconds,
                cpuSeconds / seconds,
                process == 0 ? "none" : String.format(Locale.ROOT, "%.0f", events / cpuSeconds));
    }

    private void keep(RequestRecord ended) {
        for (int i = 0; i < ended.content().events(); i++) {
            long atNanos = ended.content().eventAtNanos(i);
            events += atNanos >= fromNanos && atNanos < toNanos ? 1 : 0;
        }
        long sentAtNanos = ended.sentAtNanos().orElse(ended.planned().intendedAtNanos());
        if (sentAtNanos < fromNanos) {
            return;
        }
        failed += ended.isCompleted() ? 0 : 1;
        if (ended.content().events() > 0) {
            ttft.add(ended.content().eventAtNanos(0) - sentAtNanos);
        }
    }

    /// Processor time of the proxy, user and system.
    private double cpuSeconds() throws IOException {
        if (process == 0) {
            return 0;
        }
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(afterName[11]) + Long.parseLong(afterName[12])) / TICKS_PER_SECOND;
    }
}
