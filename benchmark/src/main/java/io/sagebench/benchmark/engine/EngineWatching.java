package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.benchmark.Watching;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.MachineTally;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.Spread;
import io.sagebench.monitor.WatchedWindow;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.engine.EngineFiles;
import io.sagebench.report.engine.EngineWindow;
import io.sagebench.report.json.MachinesJson;
import io.sagebench.report.json.MonitorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Watches machines while an engine is measured, workload by workload. For one thread.
public final class EngineWatching implements AutoCloseable {
    private final MonitorConfig wanted;
    private final Watching watching;
    private final MonitorFile file;
    private final Map<String, MachineTally> tallies = new LinkedHashMap<>();
    private final Map<String, Long> outputTokens = new LinkedHashMap<>();
    private MachineMonitor.@Nullable Watch watch;

    private EngineWatching(MonitorConfig wanted, Watching watching, Path directory) {
        this.wanted = wanted;
        this.watching = watching;
        file = new MonitorFile(directory.resolve(EngineFiles.MONITOR), true);
    }

    /// Begins, or says why what was asked for by name cannot be watched.
    ///
    /// @param directory where the samples go
    /// @param seed      of figures that are made up
    public static EngineWatching open(MonitorConfig wanted, EngineTarget target, Path directory, long seed) {
        Watching watching = target.backend().isInProcess() ? Watching.ofEnginesHere(wanted, seed) : Watching.of(wanted, target.url(), seed);
        return new EngineWatching(wanted, watching, directory);
    }

    /// Why what was asked for by name cannot be watched; absent when it can.
    public Optional<String> failure() {
        return watching.failure();
    }

    /// What a person should know.
    public List<String> notes() {
        return watching.notes();
    }

    /// A measured window begins.
    ///
    /// @param beginNanos when, by [System#nanoTime]
    void begin(long beginNanos) {
        watch = watching.monitor().map(monitor -> monitor.watch(beginNanos)).orElse(null);
    }

    /// The window ends now.
    void end() {
        MachineMonitor.Watch open = watch;
        if (open != null) {
            open.end();
        }
    }

    /// Keeps what was seen in the window that ended.
    void keep(String workload, int repeat, EngineWindow window) {
        MachineMonitor.Watch ended = watch;
        if (ended == null) {
            return;
        }
        watch = null;
        WatchedWindow seen = ended.seen();
        tallies.computeIfAbsent(workload, _ -> new MachineTally(wanted.interval().toNanos())).add(seen);
        outputTokens.merge(workload, tokens(window), Long::sum);
        file.add(new MeasuredWindow(workload, repeat, window.beganAtNanos(), window.startedAt()), seen);
    }

    private static long tokens(EngineWindow window) {
        return window.records().stream()
                .filter(RequestRecord::isCompleted)
                .mapToLong(record -> record.tokens().output())
                .sum();
    }

    /// What was seen, by workload, for the facts of the run; empty when nothing was.
    ///
    /// @throws IOException when the samples could not be written
    Map<String, Object> facts() throws IOException {
        var facts = new LinkedHashMap<String, Object>();
        var machines = new LinkedHashMap<String, Object>();
        tallies.forEach((workload, tally) -> {
            ObjectNode json = JsonMapper.shared().createObjectNode();
            MachinesJson.put(tally.use(), outputTokens.getOrDefault(workload, 0L), json);
            machines.put(workload, json);
        });
        if (!machines.isEmpty()) {
            facts.put("machines", machines);
        }
        file.finish().ifPresent(name -> facts.put("monitor_file", name));
        return facts;
    }

    /// A line for each workload while which GPUs were watched, or a page could not be read.
    List<String> lines() {
        var lines = new ArrayList<String>();
        tallies.forEach((workload, tally) -> {
            MachineUse use = tally.use();
            use.gpus().ifPresent(gpus -> lines.add("GPU during " + workload + " (" + gpus.sourceLine() + "): "
                    + line(gpus, outputTokens.getOrDefault(workload, 0L))));
            use.scraped().forEach(page -> page.lastFailure().ifPresent(why -> lines.add("not scraped during " + workload + ": " + page.url()
                    + " " + page.failures() + " of " + (page.samples() + page.failures()) + " times: " + why)));
        });
        return lines;
    }

    private static String line(GpuUse gpus, long tokens) {
        var parts = new ArrayList<String>();
        gpus.figures().utilization().ifPresent(busy -> parts.add(pair(busy) + " % busy"));
        gpus.figures().memoryUsed().ifPresent(used -> parts.add(pair(used) + " MiB"));
        gpus.figures().power().ifPresent(power -> parts.add(pair(power) + " W"));
        gpus.joulesPerToken(tokens).ifPresent(joules -> parts.add(String.format(Locale.ROOT, "%.3f J a token", joules)));
        return parts.isEmpty() ? "it told nothing" : String.join(", ", parts) + " (mean/most)";
    }

    private static String pair(Spread figure) {
        return String.format(Locale.ROOT, "%.0f/%.0f", figure.mean(), figure.most());
    }

    @Override
    public void close() {
        watching.close();
    }
}
