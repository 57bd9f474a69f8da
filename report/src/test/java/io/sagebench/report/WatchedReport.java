package io.sagebench.report;

import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.MachineTally;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Policies while which machines were watched, for tests: a window of 10 s, in which one GPU drew 100 W, then 300 W.
public final class WatchedReport {
    private static final String URL = "http://gpu-box:8000/metrics";

    private WatchedReport() {}

    /// One whose GPU is real.
    public static BenchmarkReport measured() {
        return SampleReport.of(policy("fifo", window("nvml", false)));
    }

    /// One whose GPU is made up.
    public static BenchmarkReport madeUp() {
        return SampleReport.of(policy("fifo", window("mock", true)));
    }

    public static PolicyReport policy(String name, WatchedWindow window) {
        var tally = new MachineTally(500_000_000);
        tally.add(window);
        return with(SampleReport.policy(name, 95.2, 0.712, 3, 2, 1), tally.use());
    }

    public static PolicyReport with(PolicyReport plain, MachineUse machines) {
        return new PolicyReport(
                plain.policy(), plain.startedAt(), plain.endedAt(), plain.metrics(), plain.epoch(), plain.controlPlaneMetricsJson(),
                plain.repeats(), plain.isCeiling(), plain.degraded(), plain.cacheProbe(), machines);
    }

    public static WatchedWindow window(String source, boolean synthetic) {
        var device = new GpuDevice("0: <script>GPU", Optional.of("GPU-1"), source, synthetic, "gpu-box", true);
        return new WatchedWindow(10_000_000_000L, List.of(
                gpu(0, device, 50, 1_000, 100),
                new Sample.Page(1, URL, "vllm", OptionalDouble.of(3), OptionalDouble.of(1), OptionalDouble.of(25)),
                new Sample.Host(
                        2, OptionalDouble.of(20), OptionalDouble.of(10), OptionalDouble.of(500), OptionalDouble.of(2_000), OptionalDouble.of(7),
                        OptionalDouble.of(8)),
                new Sample.Missed(3, URL, "it answered with status 500"),
                gpu(10_000_000_000L, device, 90, 3_000, 300)));
    }

    private static Sample.Gpu gpu(long atNanos, GpuDevice device, double percent, double usedMb, double watts) {
        return new Sample.Gpu(
                atNanos, device, OptionalDouble.of(percent), OptionalDouble.of(usedMb), OptionalDouble.of(4_000), OptionalDouble.empty(),
                OptionalDouble.of(watts), OptionalDouble.empty());
    }
}
