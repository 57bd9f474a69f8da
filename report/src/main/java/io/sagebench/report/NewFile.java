package io.sagebench.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that appears whole under its name, or not at all: it is written under a temporary name beside it and then renamed.
public final class NewFile {
    private final Path target;
    private final Path temporary;
    private final boolean replace;
    private final OutputStream stream;

    private NewFile(Path target, Path temporary, boolean replace) throws IOException {
        this.target = target;
        this.temporary = temporary;
        this.replace = replace;
        this.stream = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
    }

    /// Begins the file `target`.
    ///
    /// @param replace whether a file of that name may be there already
    /// @throws FileAlreadyExistsException when one is and may not
    public static NewFile begin(Path target, boolean replace) throws IOException {
        refuseExisting(target, replace);
        return new NewFile(target, temporary(target), replace);
    }

    /// Writes a whole file at once.
    public static void write(Path target, byte[] content, boolean replace) throws IOException {
        NewFile file = begin(target, replace);
        try {
            file.stream.write(content);
            file.finish();
        } catch (IOException broken) {
            file.discard();
            throw broken;
        }
    }

    /// The name it has until it is finished.
    static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    /// Where its bytes go.
    public OutputStream stream() {
        return stream;
    }

    /// Gives it its name.
    public void finish() throws IOException {
        stream.close();
        refuseExisting(target, replace);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Removes what was written.
    public void discard() throws IOException {
        try {
            stream.close(); // which fails, too, when the disk is full
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void refuseExisting(Path target, boolean replace) throws IOException {
        if (!replace && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }
}
