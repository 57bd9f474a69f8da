package io.sagebench.live.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sagebench.live.monitor.MachineMonitor.Opening;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.HostUse;
import io.sagebench.monitor.MachineTally;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole monitors: which samples there are, not how many in which time.
@Timeout(60)
class MachineMonitorTest {
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration SELDOM = Duration.ofHours(1);

    private static MachineMonitor opened(GpuKind gpus, boolean host, Duration interval, URI... pages) {
        return switch (MachineMonitor.open(new MonitorSettings(gpus, true, host, List.of(pages), interval, 7))) {
            case Opening.Opened(MachineMonitor monitor, List<String> _) -> monitor;
            case Opening.Failed(String message) -> throw new AssertionError(message);
        };
    }

    private static MachineUse use(WatchedWindow window, Duration interval) {
        var tally = new MachineTally(interval.toNanos());
        tally.add(window);
        return tally.use();
    }

    private static List<Double> watts(WatchedWindow window) {
        return window.inside().filter(Sample.Gpu.class::isInstance).map(sample -> ((Sample.Gpu) sample).powerWatts().orElseThrow()).toList();
    }

    @Test
    void aWindowHasSamplesOfItsBeginningHoweverRarelyTheyAreTaken() {
        try (var monitor = opened(GpuKind.MOCK, false, SELDOM)) {
            var watch = monitor.watch(System.nanoTime());
            awaitSamples(watch, 1);
            WatchedWindow seen = watch.seen();
            GpuUse gpus = use(seen, SELDOM).gpus().orElseThrow();
            assertThat(gpus.samples()).isGreaterThanOrEqualTo(1);
            assertThat(gpus.synthetic()).isTrue();
            assertThat(gpus.source()).isEqualTo("mock");
            assertThat(gpus.energy()).isPresent();
        }
    }

    /// The loops take a moment to look: a window that ended before would be empty.
    private static void awaitSamples(MachineMonitor.Watch watch, int count) {
        await().until(() -> watch.taken() >= count);
    }

    @Test
    void samplesAreInTheOrderOfTimeAndCountFromTheWindow() {
        try (var monitor = opened(GpuKind.MOCK, true, OFTEN)) {
            var watch = monitor.watch(System.nanoTime());
            awaitSamples(watch, 20);
            WatchedWindow seen = watch.seen();
            LongStream times = seen.samples().stream().mapToLong(Sample::atNanos);
            assertThat(times.boxed().toList()).isSorted();
            assertThat(seen.inside().count()).isGreaterThanOrEqualTo(10);
            assertThat(seen.samples().getLast().atNanos()).as("a last look at the end").isGreaterThanOrEqualTo(seen.durationNanos());
        }
    }

    @Test
    void windowsShareNoSamplesButTheNeighbours() {
        try (var monitor = opened(GpuKind.MOCK, false, OFTEN)) {
            var first = monitor.watch(System.nanoTime());
            awaitSamples(first, 5);
            List<Double> ofFirst = watts(first.seen());
            var second = monitor.watch(System.nanoTime());
            awaitSamples(second, 5);
            assertThat(watts(second.seen())).isNotEmpty().doesNotContainAnyElementsOf(ofFirst);
        }
    }

    @Test
    void madeUpFiguresFollowFromTheSeed() {
        var one = new ArrayList<Double>();
        for (int i = 0; i < 2; i++) {
            try (var source = new MockGpuSource(1, new io.sagebench.random.Seed(3), "here")) {
                one.add(source.read().getFirst().powerWatts().orElseThrow());
            }
        }
        assertThat(one.get(0)).isEqualTo(one.get(1));
    }

    @Test
    void theHostTellsItsProcessorsMemoryAndNetwork() {
        try (var monitor = opened(GpuKind.NONE, true, OFTEN)) {
            var watch = monitor.watch(System.nanoTime());
            awaitSamples(watch, 10);
            HostUse host = use(watch.seen(), OFTEN).host().orElseThrow();
            assertThat(host.cpu()).hasValueSatisfying(cpu -> assertThat(cpu.most()).isBetween(0.0, 100.0));
            assertThat(host.processCpu()).hasValueSatisfying(cpu -> assertThat(cpu.mean()).isBetween(0.0, 100.0));
            assertThat(host.memoryTotalMb().orElseThrow()).isGreaterThan(100);
            assertThat(host.memoryUsed()).hasValueSatisfying(used -> assertThat(used.most()).isBetween(1.0, host.memoryTotalMb().orElseThrow()));
        }
    }

    @Test
    void aSourceThatIsAskedForByNameAndNotThereIsAFailure() {
        var settings = new MonitorSettings(GpuKind.NVML, true, false, List.of(), SELDOM, 7);
        assertThat(MachineMonitor.open(settings, new GpuSource.Opening.Absent("there is none")))
                .isInstanceOfSatisfying(Opening.Failed.class, failed ->
                        assertThat(failed.message()).startsWith("--gpu-monitor nvml: there is none."));
        var auto = new MonitorSettings(GpuKind.AUTO, true, false, List.of(), SELDOM, 7);
        assertThat(MachineMonitor.open(auto, new GpuSource.Opening.Absent("there is none")))
                .isInstanceOfSatisfying(Opening.Opened.class, opened -> opened.monitor().close());
    }

    @Test
    void aPageIsAskedAgainAfterAFailureAndBothAreCounted() throws IOException {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            boolean fails = asked.getAndIncrement() % 2 == 0;
            byte[] page = "vllm:num_requests_running 3\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(fails ? 503 : 200, fails ? -1 : page.length);
            if (!fails) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
        var settings = new MonitorSettings(GpuKind.NONE, true, false, List.of(url), OFTEN, 7);
        if (!(MachineMonitor.open(settings) instanceof Opening.Opened(MachineMonitor monitor, List<String> notes))) {
            throw new AssertionError("it was not opened");
        }
        try (monitor) {
            assertThat(notes).singleElement().asString().startsWith("--scrape " + url + ": it answered with status 503");
            var watch = monitor.watch(System.nanoTime());
            awaitSamples(watch, 8);
            assertThat(use(watch.seen(), OFTEN).scraped()).singleElement().satisfies(page -> {
                assertThat(page.kind()).isEqualTo("vllm");
                assertThat(page.samples()).isPositive();
                assertThat(page.failures()).isPositive();
                assertThat(page.lastFailure()).hasValue("it answered with status 503");
                assertThat(page.running()).hasValueSatisfying(running -> assertThat(running.most()).isEqualTo(3));
            });
        } finally {
            server.stop(0);
        }
    }
}
