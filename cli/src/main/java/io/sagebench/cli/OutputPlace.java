package io.sagebench.cli;

import io.sagebench.report.ReportFiles;
import io.sagebench.report.ReportNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the results go; tried out before the load begins.
final class OutputPlace {
    private final Path place;
    private final boolean force;
    private final ReportNames names;
    private final OutputDirectory directory;

    OutputPlace(Path place, Instant now, boolean force) {
        this.place = place;
        this.force = force;
        this.names = ReportNames.at(place, now);
        this.directory = new OutputDirectory(names.directory());
    }

    /// Why the results cannot go there, if they cannot. Makes the directory.
    ///
    /// @param visuals what will be made beside the report
    Optional<String> problem(VisualsAfterwards visuals) {
        List<Path> taken = new ArrayList<>(names.taken());
        visuals.taken(names.report()).ifPresent(taken::add);
        if (!taken.isEmpty() && !force) {
            return Optional.of("--output: " + taken.getFirst() + " is there already; give another name, or --force to replace it");
        }
        if (Files.exists(place) && !Files.isDirectory(place) && !names.report().equals(place)) {
            return Optional.of("--output: " + place + " is a file; give a directory, or a name that ends in .json");
        }
        return directory.problem();
    }

    ReportFiles begin() throws IOException {
        return ReportFiles.begin(names, force);
    }

    /// Takes back the directory, when it was made here and nothing is in it.
    void undo() throws IOException {
        directory.undo();
    }

    /// What went wrong with a file, in words: the exceptions' messages are only its name.
    static String kind(FileSystemException about) {
        return switch (about) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file of that name is there already";
            case NoSuchFileException _ -> "there is no such directory";
            default -> about.getReason() == null ? about.getClass().getSimpleName() : about.getReason();
        };
    }
}
