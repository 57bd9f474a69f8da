package io.sagebench.live.files;

import io.sagebench.live.files.RowFormat.Part;
import io.sagebench.request.Priority;
import io.sagebench.request.TextTokens;
import io.sagebench.workload.PromptPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The rows of a file: where each is and how long, about 25 bytes a row. A text is read when it is asked for.
final class FilePool implements PromptPool {
    private static final byte NONE = -1;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    private final DataFile file;
    private final RowFormat format;
    private long[] offsets = new long[256];
    private int[] bytes = new int[256];
    private int[] parts = new int[256];
    private int[] promptTokens = new int[256];
    private int[] answerTokens = new int[256];
    private byte[] priorities = new byte[256];
    private int size;

    FilePool(DataFile file, RowFormat format) {
        this.file = file;
        this.format = format;
    }

    /// @param number of the part in its row
    void add(RecordReader.Cut at, int number, Part part) throws IOException {
        if (size == offsets.length) {
            if (size > Integer.MAX_VALUE / 2) {
                throw new IOException("it has more than " + size + " rows");
            }
            offsets = Arrays.copyOf(offsets, size * 2);
            bytes = Arrays.copyOf(bytes, size * 2);
            parts = Arrays.copyOf(parts, size * 2);
            promptTokens = Arrays.copyOf(promptTokens, size * 2);
            answerTokens = Arrays.copyOf(answerTokens, size * 2);
            priorities = Arrays.copyOf(priorities, size * 2);
        }
        offsets[size] = at.offset();
        bytes[size] = at.bytes();
        parts[size] = number;
        promptTokens[size] = Math.max(1, TextTokens.estimate(part.characters()));
        answerTokens[size] = part.answer().orElse(0);
        priorities[size] = part.priority().map(priority -> (byte) PRIORITIES.indexOf(priority)).orElse(NONE);
        size++;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int promptTokens(long row) {
        return promptTokens[(int) row];
    }

    @Override
    public OptionalInt outputTokens(long row) {
        int tokens = answerTokens[(int) row];
        return tokens == 0 ? OptionalInt.empty() : OptionalInt.of(tokens);
    }

    @Override
    public Optional<Priority> priority(long row) {
        byte number = priorities[(int) row];
        return number == NONE ? Optional.empty() : Optional.of(PRIORITIES.get(number));
    }

    @Override
    public String text(long row) {
        return part((int) row).text();
    }

    @Override
    public Optional<String> system(long row) {
        return part((int) row).system();
    }

    private Part part(int row) {
        String text = new String(file.read(offsets[row], bytes[row]), StandardCharsets.UTF_8);
        var read = format.read(text, _ -> {}).parts();
        if (read.size() <= parts[row]) {
            throw new IllegalStateException(file.name() + " was changed while it was in use");
        }
        return read.get(parts[row]);
    }
}
