package io.sagebench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the files of one run are called.
///
/// @param directory where they are
/// @param report    the JSON report
/// @param summary   the CSV summary
/// @param records   one request a line
/// @param monitor   one sample of what was watched a line; there only when something was
public record ReportNames(Path directory, Path report, Path summary, Path records, Path monitor) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String JSON = ".json";

    /// The names for what a user gave as the place: `FILE.json` and its siblings, or stamped names in a directory, which are free.
    public static ReportNames at(Path place, Instant now) {
        String last = String.valueOf(place.getFileName());
        if (!Files.isDirectory(place) && last.toLowerCase(Locale.ROOT).endsWith(JSON)) {
            Path directory = place.toAbsolutePath().getParent();
            String stem = last.substring(0, last.length() - JSON.length());
            return new ReportNames(
                    directory == null ? place.toAbsolutePath() : directory,
                    place,
                    place.resolveSibling(stem + "_summary.csv"),
                    place.resolveSibling(stem + "_requests.jsonl"),
                    place.resolveSibling(stem + "_monitor.jsonl"));
        }
        String stamp = STAMP.format(now);
        ReportNames names = stamped(place, stamp);
        for (int next = 2; !names.taken().isEmpty() || Files.exists(NewFile.temporary(names.records)); next++) {
            names = stamped(place, stamp + "_" + next); // another run began in the same second, and may still go on
        }
        return names;
    }

    private static ReportNames stamped(Path directory, String stamp) {
        return new ReportNames(
                directory,
                directory.resolve("report_" + stamp + JSON),
                directory.resolve("summary_" + stamp + ".csv"),
                directory.resolve("requests_" + stamp + ".jsonl"),
                directory.resolve("monitor_" + stamp + ".jsonl"));
    }

    /// Those of them that are there already.
    public List<Path> taken() {
        return Stream.concat(all().stream(), Stream.of(monitor)).filter(Files::exists).toList();
    }

    /// Those that are always written, the report first.
    public List<Path> all() {
        return List.of(report, summary, records);
    }
}
