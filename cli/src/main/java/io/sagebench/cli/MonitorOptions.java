package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is watched meanwhile.
final class MonitorOptions {
    @Option(
            names = "--gpu-monitor",
            paramLabel = "SOURCE",
            description = {
                "Who tells of the GPUs of this machine: nvml, nvidia-smi, none, or mock, which makes figures up and says so everywhere.",
                "Default: auto, the first of nvml and nvidia-smi that is there, when the target runs on this machine."
            })
    private @Nullable String gpuMonitor;

    @Option(names = "--monitor-interval", paramLabel = "TIME", description = "From one sample to the next. Default: 500ms.")
    private @Nullable String interval;

    @Option(
            names = "--scrape",
            paramLabel = "URL",
            description = "A page of metrics to ask for as often: an engine's, or a DCGM exporter's for the GPUs of another machine. May be given"
                    + " several times.")
    private List<String> scrape = new ArrayList<>();

    /// Hands over what was given.
    void giveTo(ConfigDraft draft) {
        draft.option(Setting.GPU_MONITOR, "--gpu-monitor", gpuMonitor);
        draft.option(Setting.MONITOR_INTERVAL_SECONDS, "--monitor-interval", interval);
        if (!scrape.isEmpty()) {
            draft.option(Setting.SCRAPE, "--scrape", String.join(",", scrape));
        }
    }
}
