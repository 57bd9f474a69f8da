package io.sagebench.live.monitor;

import io.sagebench.request.Check;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What is watched while something is measured, and how often.
///
/// @param gpus     which source tells of this machine's accelerators
/// @param ofTarget whether the target runs on this machine, so that these are its
/// @param host     whether the machine itself is watched
/// @param pages    pages of metrics that are asked for: engines, DCGM exporters
/// @param interval from one sample to the next, at least 10 ms
/// @param seed     of made-up figures
public record MonitorSettings(GpuKind gpus, boolean ofTarget, boolean host, List<URI> pages, Duration interval, long seed) {
    /// The shortest time from one sample to the next.
    public static final Duration LEAST_INTERVAL = Duration.ofMillis(10);

    public MonitorSettings {
        pages = List.copyOf(pages);
        Check.atLeast(LEAST_INTERVAL.toNanos(), interval.toNanos(), "interval in nanoseconds");
    }
}
