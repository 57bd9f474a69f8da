package io.sagebench.benchmark;

import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.MonitorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What is watched beside the requests while a policy is measured. In virtual time nothing is: the machine that computes it is not the target.
///
/// @param gpus     who tells of the GPUs of this machine
/// @param interval from one sample to the next
/// @param scrape   pages of metrics of engines or DCGM exporters, asked for as often
/// @param watched  whether anything is watched at all, the machine that sends the load included
public record MonitorConfig(GpuKind gpus, Duration interval, List<URI> scrape, boolean watched) {
    /// From one sample to the next, where nothing is said.
    public static final Duration INTERVAL = Duration.ofMillis(500);

    /// Nothing is watched.
    public static final MonitorConfig NONE = new MonitorConfig(GpuKind.NONE, INTERVAL, List.of(), false);

    /// This machine, with its GPUs if it has any.
    public static final MonitorConfig USUAL = new MonitorConfig(GpuKind.AUTO, INTERVAL, List.of(), true);

    public MonitorConfig {
        scrape = List.copyOf(scrape);
        if (interval.compareTo(MonitorSettings.LEAST_INTERVAL) < 0) {
            throw new IllegalArgumentException("interval must be at least " + MonitorSettings.LEAST_INTERVAL.toMillis() + " ms, but was " + interval);
        }
    }
}
