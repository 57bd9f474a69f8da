package io.sagebench.cli;

import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.MonitorChoice;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.Setting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        given().forEach((setting, option) -> draft.option(setting, option.name(), option.text()));
    }

    /// The same, checked, for a command without a configuration file.
    ///
    /// @param problems gets what is wrong
    MonitorConfig checked(List<Problem> problems) {
        return MonitorChoice.ofOptions(given(), problems);
    }

    private Map<Setting, MonitorChoice.Option> given() {
        var given = new EnumMap<Setting, MonitorChoice.Option>(Setting.class);
        if (gpuMonitor != null) {
            given.put(Setting.GPU_MONITOR, new MonitorChoice.Option("--gpu-monitor", gpuMonitor));
        }
        if (interval != null) {
            given.put(Setting.MONITOR_INTERVAL_SECONDS, new MonitorChoice.Option("--monitor-interval", interval));
        }
        if (!scrape.isEmpty()) {
            given.put(Setting.SCRAPE, new MonitorChoice.Option("--scrape", String.join(",", scrape)));
        }
        return given;
    }
}
