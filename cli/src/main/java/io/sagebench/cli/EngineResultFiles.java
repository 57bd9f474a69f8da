package io.sagebench.cli;

import io.sagebench.report.engine.EngineFiles;
import io.sagebench.report.engine.rank.MeasuredRun;
import io.sagebench.report.engine.rank.MeasuredRuns;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The results files of the engine benchmark below a folder. Files that cannot be used are told of and left out; links are not followed.
final class EngineResultFiles {
    private static final long MOST_BYTES = 64L << 20;
    /// Files that tell of a run as a whole come first: those beside them mostly repeat them.
    private static final List<String> WHOLE = List.of(EngineFiles.SUMMARY, "comparison.json");

    private final Path root;
    private final Terminal terminal;
    private final TreeMap<Path, List<Path>> byFolder = new TreeMap<>();

    private EngineResultFiles(Path root, Terminal terminal) {
        this.root = root;
        this.terminal = terminal;
    }

    /// All runs that were found, folder by folder.
    static List<MeasuredRun> below(Path root, Terminal terminal) throws IOException {
        var files = new EngineResultFiles(root, terminal);
        files.find();
        var runs = new ArrayList<MeasuredRun>();
        files.byFolder.forEach((folder, its) -> runs.addAll(files.runs(folder, its)));
        return runs;
    }

    private void find() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && name(file).endsWith(".json")) {
                    if (attributes.size() > MOST_BYTES) {
                        terminal.say(file + " is left out: it is larger than " + (MOST_BYTES >> 20) + " MB");
                    } else {
                        byFolder.computeIfAbsent(file.resolveSibling(""), _ -> new ArrayList<>()).add(file);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) {
                terminal.say(file + " is left out: it cannot be read (" + failed.getClass().getSimpleName() + ")");
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// A file that has the figures of another one in its folder is the same measurement once more.
    private List<MeasuredRun> runs(Path folder, List<Path> files) {
        files.sort(Comparator.<Path, Integer>comparing(file -> WHOLE.contains(name(file)) ? WHOLE.indexOf(name(file)) : WHOLE.size())
                .thenComparing(Comparator.naturalOrder()));
        var runs = new ArrayList<MeasuredRun>();
        Set<Object> seen = new HashSet<>();
        for (Path file : files) {
            List<MeasuredRun> fresh = read(folder, file).stream().filter(run -> !seen.contains(run.metrics())).toList();
            seen.addAll(fresh.stream().map(MeasuredRun::metrics).collect(Collectors.toSet()));
            runs.addAll(fresh);
        }
        return runs;
    }

    private List<MeasuredRun> read(Path folder, Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException _) {
            terminal.say(file + " is left out: it is not UTF-8 text");
            return List.of();
        } catch (IOException failed) {
            terminal.say(file + " is left out: it cannot be read (" + failed.getClass().getSimpleName() + ")");
            return List.of();
        }
        return switch (MeasuredRuns.read(text, label(folder, file), EngineSummaryFile.name(file))) {
            case MeasuredRuns.Reading.Found(List<MeasuredRun> runs) -> runs;
            case MeasuredRuns.Reading.Invalid(String why) -> {
                terminal.say(file + " is left out: it is no JSON: " + why);
                yield List.of();
            }
            case MeasuredRuns.Reading.Other() -> List.of();
        };
    }

    /// The folder, counted from the root, as that is what tells runs apart; of a single workload's figures the file.
    private String label(Path folder, Path file) {
        Path below = WHOLE.contains(name(file)) ? root.relativize(folder) : root.relativize(file);
        return below.toString().isEmpty() ? String.valueOf(root.toAbsolutePath().normalize().getFileName()) : below.toString();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
