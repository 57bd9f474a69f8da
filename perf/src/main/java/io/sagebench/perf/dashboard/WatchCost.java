package io.sagebench.perf.dashboard;

import com.sun.management.OperatingSystemMXBean;
import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.dashboard.RunDashboard;
import io.sagebench.report.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Processor time that a dashboard with five full minutes of history takes, with nobody and with somebody who watches. The run behind it is simulated
/// and over, so that all that is left is the dashboard. The time of the thread that reads the stream, here in the same process, is counted too.
public final class WatchCost {
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 10;

    private WatchCost() {}

    /// Prints milliseconds of processor time a second.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchmarkConfig config = BenchmarkConfig.builder().simulated().policies("fifo", "vtc").numRequests(10_000).requestRate(50).build();
        try (RunDashboard dashboard = RunDashboard.of(config, "cost", 0)) {
            new Benchmark().run(config, dashboard.listener(), RecordSink.NONE, new StopSignal());
            for (int viewers : new int[] {0, 1, 4}) {
                List<Socket> watching = new ArrayList<>();
                for (int i = 0; i < viewers; i++) {
                    watching.add(watch(dashboard));
                }
                Thread.sleep(WARM_SECONDS * 1000L); // the compiler's work is not the dashboard's
                long before = cpuNanos();
                Thread.sleep(SECONDS * 1000L);
                double millisPerSecond = (cpuNanos() - before) / 1e6 / SECONDS;
                System.out.printf(Locale.ROOT, "%d watch: %.2f ms of processor time a second, %.2f %% of a core%n", viewers, millisPerSecond, millisPerSecond / 10);
                for (Socket each : watching) {
                    each.close();
                }
            }
        }
    }

    private static Socket watch(RunDashboard dashboard) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), dashboard.url().getPort());
        socket.getOutputStream().write("GET /dashboard/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Thread.ofPlatform().daemon().start(() -> {
            try (InputStream in = socket.getInputStream()) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException _) {
                // closed when it was watched long enough
            }
        });
        return socket;
    }

    private static long cpuNanos() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return system.getProcessCpuTime();
        }
        throw new IllegalStateException("this platform does not tell the processor time of a process");
    }
}
