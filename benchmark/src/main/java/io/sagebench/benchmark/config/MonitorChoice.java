package io.sagebench.benchmark.config;

import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.MonitorSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what is watched while it is measured.
public final class MonitorChoice {
    private final Values values;

    MonitorChoice(Values values) {
        this.values = values;
    }

    /// Of options of a command that has no configuration file.
    ///
    /// @param given    texts by setting; lists are `a,b`
    /// @param problems gets what is wrong with them
    public static MonitorConfig ofOptions(Map<Setting, Option> given, List<Problem> problems) {
        Map<Setting, Given> read = new EnumMap<>(Setting.class);
        given.forEach((setting, option) -> new OptionText(new Origin.Option(option.name()), problems)
                .read(setting.shape(), option.text())
                .ifPresent(value -> read.put(setting, value)));
        return new MonitorChoice(new Values(read, problems)).monitor(false, new ArrayList<>());
    }

    /// An option that was given.
    ///
    /// @param name as the user knows it: `--scrape`
    /// @param text as given
    public record Option(String name, String text) {}

    /// @param simulated whether everything happens in virtual time, where nothing is watched
    /// @param notes     gets what a person should know
    MonitorConfig monitor(boolean simulated, List<String> notes) {
        GpuKind gpus = gpus();
        Duration interval = interval();
        List<URI> pages = pages();
        if (simulated) {
            if ((values.origin(Setting.GPU_MONITOR).isPresent() && gpus != GpuKind.NONE) || !pages.isEmpty()) {
                notes.add("in virtual time no machine is watched: " + (pages.isEmpty() ? "gpu_monitor" : "scrape") + " changes nothing");
            }
            return MonitorConfig.NONE;
        }
        return new MonitorConfig(gpus, interval, pages, true);
    }

    private GpuKind gpus() {
        return values.text(Setting.GPU_MONITOR)
                .map(name -> GpuKind.named(name).orElseGet(() -> {
                    values.problem(
                            values.origin(Setting.GPU_MONITOR).orElseThrow(),
                            "must be one of " + String.join(", ", GpuKind.names()) + ", but is '" + name + "'" + DidYouMean.hint(GpuKind.names(), name));
                    return GpuKind.NONE;
                }))
                .orElse(GpuKind.AUTO);
    }

    private Duration interval() {
        Duration interval = values.duration(Setting.MONITOR_INTERVAL_SECONDS).orElse(MonitorConfig.INTERVAL);
        if (interval.compareTo(MonitorSettings.LEAST_INTERVAL) < 0) {
            values.problem(
                    values.origin(Setting.MONITOR_INTERVAL_SECONDS).orElseThrow(),
                    "must be at least " + MonitorSettings.LEAST_INTERVAL.toMillis() + "ms");
            return MonitorConfig.INTERVAL;
        }
        return interval;
    }

    private List<URI> pages() {
        var pages = new ArrayList<URI>();
        for (Given item : values.list(Setting.SCRAPE).orElse(List.of())) {
            values.text(item, "an address such as http://gpu-box:9400/metrics").ifPresent(text -> page(text).ifPresentOrElse(
                    pages::add, () -> values.problem(item.origin(), "must be an address such as http://gpu-box:9400/metrics, but is '" + text + "'")));
        }
        return pages.stream().distinct().toList();
    }

    /// Without a secret in it: the address stands in the report. Without a path it is `/metrics`.
    static Optional<URI> page(String text) {
        try {
            var url = new URI(text.strip());
            boolean isPage = url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null
                    && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
            if (!isPage) {
                return Optional.empty();
            }
            return Optional.of(url.getPath().isEmpty() || url.getPath().equals("/") ? url.resolve("/metrics") : url);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
