package io.sagebench.live.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a file into its records as it streams by, with the place of each, so that one can be read again alone.
final class RecordReader implements AutoCloseable {
    private static final int BYTE_ORDER_MARK_BYTES = 3;
    private static final int MOST_BYTES = 1 << 28;

    private final InputStream in;
    private final Shape shape;
    private final byte[] buffer = new byte[1 << 16];
    private int limit;
    private int position;
    private long offset;
    private int line = 1;
    private byte[] content = new byte[1 << 12];
    private int length;

    RecordReader(InputStream in, Shape shape) {
        this.in = in;
        this.shape = shape;
    }

    /// What a record is.
    enum Shape {
        /// A line.
        LINES,
        /// A line of CSV, whose quoted cells may have line ends.
        CSV,
        /// An object of a JSON array.
        ARRAY
    }

    /// One of them.
    ///
    /// @param offset of its first byte
    /// @param bytes  how many it has
    /// @param line   on which it begins, from 1
    /// @param text   absent when it is not UTF-8
    record Cut(long offset, int bytes, int line, Optional<String> text) {
        boolean isBlank() {
            return text.isPresent() && text.get().isBlank();
        }
    }

    /// The next one, or null after the last.
    @Nullable Cut next() throws IOException {
        return shape == Shape.ARRAY ? nextObject() : nextLine();
    }

    private @Nullable Cut nextLine() throws IOException {
        length = 0;
        long begins = offset;
        int firstLine = line;
        boolean quoted = false;
        int read = read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && (read != '\n' || quoted)) {
            quoted ^= read == '"' && shape == Shape.CSV;
            append(read);
            read = read();
        }
        if (length > 0 && content[length - 1] == '\r') {
            length--;
        }
        int mark = begins == 0 && hasByteOrderMark() ? BYTE_ORDER_MARK_BYTES : 0;
        return cut(begins + mark, mark, firstLine);
    }

    private boolean hasByteOrderMark() {
        return length >= BYTE_ORDER_MARK_BYTES
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
    }

    /// What stands between objects is not looked at but for what cannot be there, which makes a record of its own.
    private @Nullable Cut nextObject() throws IOException {
        length = 0;
        int read = read();
        while (read >= 0 && " \t\r\n,[]\u00EF\u00BB\u00BF".indexOf(read) >= 0) {
            read = read();
        }
        if (read < 0) {
            return null;
        }
        long begins = offset - 1;
        int firstLine = line;
        int depth = 0;
        boolean inText = false;
        boolean escaped = false;
        while (read >= 0) {
            append(read);
            if (escaped) {
                escaped = false;
            } else if (inText) {
                escaped = read == '\\';
                inText = read != '"';
            } else if (read == '"') {
                inText = true;
            } else if (read == '{' || read == '[') {
                depth++;
            } else if (read == '}' || read == ']') {
                depth--;
            }
            if (depth <= 0 && !inText && (read == '}' || read == ',' || read == ']')) {
                break;
            }
            read = read();
        }
        return cut(begins, 0, firstLine);
    }

    private Cut cut(long at, int from, int firstLine) {
        Optional<String> text;
        try {
            text = Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, from, length - from)).toString());
        } catch (CharacterCodingException _) {
            text = Optional.empty();
        }
        return new Cut(at, length - from, firstLine, text);
    }

    private void append(int read) throws IOException {
        if (length == content.length) {
            if (length >= MOST_BYTES) {
                throw new IOException("line " + line + " is longer than " + MOST_BYTES + " bytes");
            }
            content = Arrays.copyOf(content, 2 * length);
        }
        content[length++] = (byte) read;
    }

    private int read() throws IOException {
        if (position == limit) {
            limit = in.read(buffer);
            position = 0;
            if (limit <= 0) {
                limit = 0;
                return -1;
            }
        }
        offset++;
        int read = buffer[position++] & 0xFF;
        if (read == '\n') {
            line++;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
