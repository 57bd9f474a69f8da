package io.sagebench.live.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Bytes with a name: a file, or one that ships with the program. Read from its beginning, or at a place; from any thread.
public interface DataFile {

    /// Its name in messages.
    String name();

    /// Reads it from its beginning.
    InputStream open() throws IOException;

    /// A stretch of it.
    ///
    /// @throws UncheckedIOException when it is no longer there, or has become shorter
    byte[] read(long offset, int bytes);

    /// The file at a path.
    static DataFile of(Path path) {
        return new OnDisk(path);
    }

    /// One in memory.
    static DataFile of(String name, byte[] content) {
        return new InMemory(name, content);
    }

    /// See [#of(Path)].
    record OnDisk(Path path) implements DataFile {
        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }

        /// Opened anew each time: a channel that is kept would be closed by the first thread that is interrupted while it reads.
        @Override
        public byte[] read(long offset, int bytes) {
            ByteBuffer content = ByteBuffer.allocate(bytes);
            try (FileChannel channel = FileChannel.open(path)) {
                while (content.hasRemaining()) {
                    if (channel.read(content, offset + content.position()) < 0) {
                        throw new IOException(path + " has become shorter while it was in use");
                    }
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return content.array();
        }
    }

    /// See [#of(String, byte[])].
    final class InMemory implements DataFile {
        private final String name;
        private final byte[] content;

        InMemory(String name, byte[] content) {
            this.name = name;
            this.content = content.clone();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public byte[] read(long offset, int bytes) {
            return Arrays.copyOfRange(content, Math.toIntExact(offset), Math.toIntExact(offset + bytes));
        }
    }
}
