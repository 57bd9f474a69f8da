package io.sagebench.benchmark.config;

import io.sagebench.live.files.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where workloads and datasets are found by their names: first in a directory of one's own (`SAGE_BENCHMARK_DATA`), then among those that ship with the
/// program. What has a `/` or a `.` in it is a file, and no name.
///
/// @param own the directory, if there is one
public record DataPlaces(Optional<Path> own) {
    /// The environment variable that names the directory.
    public static final String VARIABLE = "SAGE_BENCHMARK_DATA";

    private static final String RESOURCES = "/io/sagebench/benchmark/data/";
    private static final List<String> SUFFIXES = List.of(".jsonl", ".json", ".csv");

    /// What is looked for.
    public enum Kind {
        /// A file of workloads.
        WORKLOAD,
        /// A file of prompts or texts.
        DATASET;

        private List<String> folders() {
            return switch (this) {
                case WORKLOAD -> List.of("llm_workloads", "hybrid_workloads");
                case DATASET -> List.of("prompts");
            };
        }

        /// Those that ship with the program.
        public List<String> shipped() {
            return folders().stream().flatMap(folder -> shippedIn(folder).stream()).toList();
        }
    }

    private static List<String> shippedIn(String folder) {
        return switch (folder) {
            case "llm_workloads" -> List.of("light", "medium", "heavy");
            case "hybrid_workloads" -> List.of("balanced", "llm_heavy", "embed_heavy", "burst");
            default -> List.of("llm_prompts", "embed_texts");
        };
    }

    /// What came of looking.
    public sealed interface Sought {
        /// It is there.
        record Found(DataFile file) implements Sought {}

        /// It is not.
        record Missing(String message) implements Sought {}
    }

    /// Those of the environment, which must be a directory where it is set.
    public static DataPlaces of(Map<String, String> environment, List<Problem> problems) {
        String directory = environment.getOrDefault(VARIABLE, "");
        if (directory.isBlank()) {
            return new DataPlaces(Optional.empty());
        }
        Optional<Path> path = path(directory.strip());
        if (path.isEmpty() || !Files.isDirectory(path.get())) {
            problems.add(new Problem(VARIABLE, "must be a directory, but there is none at '" + directory + "'"));
            return new DataPlaces(Optional.empty());
        }
        return new DataPlaces(path);
    }

    /// Looks for a name or a file.
    public Sought find(String nameOrFile, Kind kind) {
        if (nameOrFile.contains("/") || nameOrFile.contains(".") || nameOrFile.contains("\\")) {
            return path(nameOrFile)
                    .<Sought>map(path -> new Sought.Found(DataFile.of(path)))
                    .orElseGet(() -> new Sought.Missing("must be a name or a file, but is '" + nameOrFile + "'"));
        }
        Optional<DataFile> file = own.flatMap(directory -> in(directory, nameOrFile, kind)).or(() -> shipped(nameOrFile, kind));
        return file.<Sought>map(Sought.Found::new).orElseGet(() -> {
            var names = names(kind);
            return new Sought.Missing("there is no " + kind.name().toLowerCase(Locale.ROOT) + " '" + nameOrFile + "'; there are " + String.join(", ", names)
                    + DidYouMean.hint(names, nameOrFile) + "; a file is named with its suffix, such as " + nameOrFile + ".jsonl");
        });
    }

    /// The names there are.
    public List<String> names(Kind kind) {
        var names = new TreeSet<String>();
        own.ifPresent(directory -> places(directory, kind).forEach(place -> {
            try (Stream<Path> files = Files.list(place)) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> SUFFIXES.stream().anyMatch(file::endsWith))
                        .map(file -> file.substring(0, file.lastIndexOf('.')))
                        .forEach(names::add);
            } catch (IOException _) {
                // a folder that is not there has no names
            }
        }));
        var all = new ArrayList<>(kind.shipped());
        names.removeAll(all);
        all.addAll(names);
        return all;
    }

    private static Optional<DataFile> in(Path directory, String name, Kind kind) {
        return places(directory, kind)
                .flatMap(place -> SUFFIXES.stream().map(suffix -> place.resolve(name + suffix)))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(DataFile::of);
    }

    private static Stream<Path> places(Path directory, Kind kind) {
        return Stream.concat(kind.folders().stream().map(directory::resolve), Stream.of(directory));
    }

    private static Optional<DataFile> shipped(String name, Kind kind) {
        return kind.folders().stream()
                .filter(folder -> shippedIn(folder).contains(name))
                .findFirst()
                .map(folder -> DataFile.of(name, resource(folder + "/" + name + ".jsonl")));
    }

    /// A file that ships with the program, by its place among the data.
    private static byte[] resource(String name) {
        try (InputStream in = DataPlaces.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
