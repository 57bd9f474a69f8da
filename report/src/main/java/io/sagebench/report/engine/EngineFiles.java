package io.sagebench.report.engine;

import io.sagebench.journal.Journal;
import io.sagebench.journal.RequestRecord;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.NewFile;
import io.sagebench.report.json.RecordsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files of a run of the engine benchmark, which always have the same names. Each appears whole or not at all. Those of an earlier run in the same
/// directory are moved into one below it before the first is written, so that none is lost and none of two runs stand side by side.
public final class EngineFiles {
    /// The figures of all workloads.
    public static final String SUMMARY = "benchmark_summary.json";
    /// What was run.
    public static final String CONFIG = "config.json";
    /// The figures for people.
    public static final String REPORT = "REPORT.md";
    /// Samples of machines that were watched, if any were.
    public static final String MONITOR = "monitor.jsonl";
    /// The page, which something else may write.
    public static final String PAGE = "REPORT.html";
    /// The folder of pictures, which something else may write.
    public static final String CHARTS = "charts";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);
    private static final String FIGURES = "_metrics.json";
    private static final String REQUESTS = "_requests.jsonl";

    private final Path directory;
    private final boolean replace;
    private final List<String> workloads;
    private boolean begun;
    private Optional<Path> earlier = Optional.empty();

    /// @param directory made when it is not there
    /// @param replace   whether files of an earlier run are replaced rather than moved away
    /// @param workloads names of those that may be written
    public EngineFiles(Path directory, boolean replace, List<String> workloads) {
        this.directory = directory;
        this.replace = replace;
        this.workloads = List.copyOf(workloads);
    }

    /// Where they are.
    public Path directory() {
        return directory;
    }

    /// Where those of an earlier run were moved to, when there were any.
    public Optional<Path> earlier() {
        return earlier;
    }

    /// Writes the figures and the requests of a workload.
    ///
    /// @param windows all of its measurements so far
    public void write(String workload, EngineMetrics metrics, List<EngineWindow> windows) throws IOException {
        begin();
        text(workload + FIGURES, EngineJson.text(metrics));
        RecordsFile records = RecordsFile.begin(directory.resolve(workload + REQUESTS), true);
        for (int i = 0; i < windows.size(); i++) {
            EngineWindow window = windows.get(i);
            Journal journal = records.open(new MeasuredWindow(workload, i + 1, window.beganAtNanos(), window.startedAt()));
            for (RequestRecord record : window.records()) {
                journal.write(record);
            }
        }
        records.finish();
    }

    /// Writes what was run.
    public void write(Map<String, ?> config) throws IOException {
        begin();
        text(CONFIG, EngineJson.text(config));
    }

    /// Writes the summary, and the page for people.
    public void write(EngineSummary summary) throws IOException {
        begin();
        text(SUMMARY, EngineJson.text(summary));
        text(REPORT, EngineMarkdown.text(summary));
    }

    private void text(String name, String content) throws IOException {
        NewFile.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8), true);
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        Files.createDirectories(directory);
        if (!replace) {
            moveEarlier();
        }
        begun = true;
    }

    private void moveEarlier() throws IOException {
        List<Path> there = new ArrayList<>();
        for (String name : names()) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                there.add(file);
            }
        }
        if (there.isEmpty()) {
            return;
        }
        Instant latest = Instant.EPOCH;
        for (Path file : there) {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            latest = changed.isAfter(latest) ? changed : latest;
        }
        Path place = free("earlier_" + STAMP.format(latest));
        Files.createDirectories(place);
        for (Path file : there) {
            Files.move(file, place.resolve(file.getFileName()));
        }
        earlier = Optional.of(place);
    }

    private Path free(String name) {
        Path place = directory.resolve(name);
        for (int i = 2; Files.exists(place); i++) {
            place = directory.resolve(name + "_" + i);
        }
        return place;
    }

    /// The files that this run may write, and those of the run whose summary is there.
    private Set<String> names() throws IOException {
        var names = new LinkedHashSet<String>(List.of(SUMMARY, CONFIG, REPORT, MONITOR, PAGE, CHARTS));
        var all = new ArrayList<>(workloads);
        Path summary = directory.resolve(SUMMARY);
        if (Files.isRegularFile(summary)
                && EngineJson.read(Files.readString(summary), "") instanceof EngineJson.Reading.Read(EngineSummary before)) {
            all.addAll(before.workloads().keySet());
        }
        for (String workload : all) {
            if (!workload.contains("/") && !workload.contains("\\")) {
                names.add(workload + FIGURES);
                names.add(workload + REQUESTS);
            }
        }
        return names;
    }
}
