package io.sagebench.benchmark;

import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.live.monitor.MachineMonitor.Opening;
import io.sagebench.live.monitor.MonitorSettings;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.MachineTally;
import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches the GPUs of this machine for a Java program, whatever that does meanwhile:
///
/// ```java
/// try (var monitor = GpuMonitor.open(GpuKind.AUTO, Duration.ofMillis(500))) {
///     monitor.start();
///     work();
///     monitor.stop();
///     monitor.summary().ifPresent(use -> System.out.println(use.figures().power()));
/// }
/// ```
///
/// Where there is no GPU there are no samples and no summary. Benchmarks watch by themselves. For one thread.
public final class GpuMonitor implements AutoCloseable {
    private static final long SEED = 42; // of figures that are made up

    private final MachineMonitor monitor;
    private MachineMonitor.@Nullable Watch watching;
    private WatchedWindow seen = new WatchedWindow(0, List.of());

    private GpuMonitor(MachineMonitor monitor) {
        this.monitor = monitor;
    }

    /// Looks for a source.
    ///
    /// @param source   which; with [GpuKind#AUTO] none is fine
    /// @param interval from one sample to the next
    /// @throws CouldNotMeasure when a source that was asked for by name is not there
    public static GpuMonitor open(GpuKind source, Duration interval) {
        return switch (MachineMonitor.open(new MonitorSettings(source, true, false, List.of(), interval, SEED))) {
            case Opening.Failed(String message) -> throw new CouldNotMeasure(message);
            case Opening.Opened(MachineMonitor opened, List<String> _) -> new GpuMonitor(opened);
        };
    }

    /// Begins a window: what was seen in the one before is forgotten.
    public void start() {
        stop();
        watching = monitor.watch(System.nanoTime());
    }

    /// Ends the window. Harmless when there is none.
    public void stop() {
        MachineMonitor.Watch ending = watching;
        if (ending != null) {
            watching = null;
            seen = ending.seen();
        }
    }

    /// The samples of the window that ended, in the order of time.
    public List<Sample.Gpu> samples() {
        return seen.inside().filter(Sample.Gpu.class::isInstance).map(Sample.Gpu.class::cast).toList();
    }

    /// What they sum up to; absent when there are none.
    public Optional<GpuUse> summary() {
        var tally = new MachineTally(monitor.interval().toNanos());
        tally.add(seen);
        return tally.use().gpus();
    }

    /// Ends watching.
    @Override
    public void close() {
        stop();
        monitor.close();
    }
}
