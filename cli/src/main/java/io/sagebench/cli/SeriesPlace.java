package io.sagebench.cli;

import io.sagebench.report.sweep.SweepNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the results of several benchmarks in a row go; tried out before the load begins.
final class SeriesPlace {
    private final Path place;
    private final OutputDirectory directory;

    SeriesPlace(Path place) {
        this.place = place;
        this.directory = new OutputDirectory(SweepNames.directoryOf(place));
    }

    /// Why the results cannot go there, if they cannot. Makes the directory.
    ///
    /// @param taken files that would have to be replaced, and may not be
    Optional<String> problem(List<Path> taken) {
        if (!taken.isEmpty()) {
            return Optional.of("--output: " + taken.getFirst() + " is there already; give another name, or --force to replace it");
        }
        if (Files.exists(place) && !Files.isDirectory(place) && !SweepNames.isFile(place)) {
            return Optional.of("--output: " + place + " is a file; give a directory, or a name that ends in .json");
        }
        return directory.problem();
    }

    /// Takes back the directory, when it was made here and nothing is in it.
    void undo() throws IOException {
        directory.undo();
    }
}
