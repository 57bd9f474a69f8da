package io.sagebench.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The directory that results go into; made and tried out before the load begins.
final class OutputDirectory {
    private final Path directory;
    private boolean made;

    OutputDirectory(Path directory) {
        this.directory = directory;
    }

    /// Why nothing can be written into it, if so. Makes it.
    Optional<String> problem() {
        boolean wasThere = Files.exists(directory);
        try {
            Files.createDirectories(directory);
            made = !wasThere;
            Files.delete(Files.createTempFile(directory, ".try", ""));
        } catch (IOException broken) {
            return Optional.of("--output: cannot write into " + directory + ": "
                    + (broken instanceof FileSystemException about ? OutputPlace.kind(about) : broken.getMessage())
                    + "; choose another place");
        }
        return Optional.empty();
    }

    /// Takes it back, when it was made here and nothing is in it.
    void undo() throws IOException {
        if (made) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException _) {
                made = false; // somebody else uses it by now
            }
        }
    }
}
