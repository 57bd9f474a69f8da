package io.sagebench.perf.client;

import io.sagebench.metrics.LatencySummary;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Measures what the load client costs and how exact it is, against a [NullServer] that runs already. The first argument says what:
///
/// - `events`: content events a second of processor time, with so many streams kept in flight
/// - `bare-events`: the same with Netty alone, which only counts bytes
/// - `accuracy`: send lag, and stamps against the server's log, at a Poisson rate
/// - `bare-accuracy`: lateness of parking, and of blocking reads
public final class ClientEvents {
    private ClientEvents() {}

    /// Prints one line for people and scripts: `name value` pairs.
    public static void main(String[] arguments) throws InterruptedException, IOException {
        var settings = Settings.of(arguments);
        switch (arguments[0]) {
            case "events" -> events(settings);
            case "bare-events" -> bareEvents(settings);
            case "accuracy" -> accuracy(settings);
            case "bare-accuracy" -> bareAccuracy(settings);
            default -> throw new IllegalArgumentException("unknown measurement " + arguments[0]);
        }
        System.exit(0);
    }

    private static void events(Settings settings) throws InterruptedException {
        var counted = new ClosedLoop(settings).measure();
        print(counted.events(), counted.reads(), counted.windowNanos(), counted.cpuNanos());
        System.err.println("  outcomes " + counted.outcomes());
    }

    private static void bareEvents(Settings settings) throws InterruptedException {
        var client = new BareClient(settings);
        client.start();
        Thread.sleep(settings.warmupSeconds() * 1_000L);
        double eventsBefore = client.events();
        long readsBefore = client.reads();
        long cpuBefore = ProcessCpu.nanos();
        long from = System.nanoTime();
        Thread.sleep(settings.seconds() * 1_000L);
        long cpuNanos = ProcessCpu.nanos() - cpuBefore;
        print((long) (client.events() - eventsBefore), client.reads() - readsBefore, System.nanoTime() - from, cpuNanos);
    }

    private static void print(long events, long reads, long windowNanos, long cpuNanos) {
        System.out.printf(
                Locale.ROOT,
                "events_per_cpu_second %.0f events_per_second %.0f events_per_read %.2f cpu_share_of_a_core %.2f%n",
                events * 1e9 / cpuNanos,
                events * 1e9 / windowNanos,
                (double) events / reads,
                (double) cpuNanos / windowNanos);
    }

    private static void accuracy(Settings settings) throws InterruptedException, IOException {
        var found = new Accuracy(settings).measure();
        System.out.printf(
                Locale.ROOT,
                "compared %d failed %d %s %s %s%n",
                found.compared(),
                found.failed(),
                micros("send_lag", found.sendLag()),
                micros("ttft_error", found.ttftError()),
                micros("itl_error", found.gapError()));
    }

    private static void bareAccuracy(Settings settings) throws IOException {
        var bare = new BareAccuracy(settings);
        System.out.printf(
                "%s %s%n",
                micros("park_lateness", bare.parkLateness().summary()), micros("read_delay", bare.readDelay().summary()));
    }

    private static String micros(String name, Optional<LatencySummary> summary) {
        return summary.map(s -> String.format(
                        Locale.ROOT,
                        "%s_us mean %.0f p50 %.0f p99 %.0f p99.9 %.0f max %.0f",
                        name,
                        s.mean() / 1e3,
                        s.p50() / 1e3,
                        s.p99() / 1e3,
                        s.p999() / 1e3,
                        s.max() / 1e3))
                .orElse(name + "_us none");
    }
}
