package io.sagebench.live.files;

import io.sagebench.live.files.RecordReader.Cut;
import io.sagebench.live.files.RecordReader.Shape;
import io.sagebench.live.files.TraceReading.Loaded;
import io.sagebench.live.files.TraceReading.Unreadable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads traces of LLM inference: CSV of Azure, BurstGPT and Vidur, JSONL of Mooncake, Qwen-Bailian, vLLM and of ourselves. Which it is shows in the
/// file itself. It is read as a stream and only as far as the limit needs, with times to their last digit.
public final class TraceFile {
    private static final long[] NO_BLOCKS = {};

    /// So many rows show in which units the times of a file are.
    private static final int ROWS_LOOKED_AT = 200;

    private final Path file;
    private final TraceLimit limit;
    private final Mistakes mistakes;
    private final TraceColumns columns = new TraceColumns();
    private int raisedToOne;
    private int extraBlocks;
    private long firstNanos;
    private long lastNanos;
    private int rows;

    private TraceFile(Path file, TraceLimit limit) {
        this.file = file;
        this.limit = limit;
        this.mistakes = new Mistakes(file.toString());
    }

    /// Reads `file` as far as `limit` says.
    public static TraceReading read(Path file, TraceLimit limit) {
        return new TraceFile(file, limit).read();
    }

    /// Whether a file looks like a trace, to tell it from other files. One that cannot be read does not.
    public static boolean looksLikeOne(Path file) {
        try (var cuts = new RecordReader(DataFile.of(file).open(), Shape.LINES)) {
            Cut first = cuts.next();
            String line = first == null ? "" : first.text().orElse("");
            return line.startsWith("{")
                    ? JsonRow.parse(line, _ -> {}).filter(JsonTraceRows::isOne).isPresent()
                    : CsvTraceRows.of(line).isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    private TraceReading read() {
        DataFile data = DataFile.of(file);
        try {
            Optional<TraceRows> format = format(data);
            if (format.isPresent()) {
                return read(data, format.get());
            }
        } catch (NoSuchFileException _) {
            mistakes.whole("there is no such file");
        } catch (IOException broken) {
            mistakes.whole("cannot be read: " + broken.getMessage());
        }
        return new Unreadable(mistakes.messages());
    }

    private Optional<TraceRows> format(DataFile data) throws IOException {
        var first = new ArrayList<String>();
        try (var cuts = new RecordReader(data.open(), Shape.LINES)) {
            for (Cut cut = cuts.next(); cut != null && first.size() < ROWS_LOOKED_AT; cut = cuts.next()) {
                if (first.isEmpty() && cut.text().isEmpty()) {
                    mistakes.at(cut.line(), "is not text in UTF-8");
                    return Optional.empty();
                }
                cut.text().filter(text -> !text.isBlank()).ifPresent(first::add);
            }
        }
        if (first.isEmpty()) {
            mistakes.whole("is empty");
            return Optional.empty();
        }
        if (first.getFirst().strip().startsWith("{")) {
            return Optional.of(JsonTraceRows.of(first));
        }
        Optional<TraceRows> csv = CsvTraceRows.of(first.getFirst());
        if (csv.isEmpty()) {
            mistakes.at(
                    1,
                    "must be a header such as TIMESTAMP,ContextTokens,GeneratedTokens or a JSON row such as " + JsonTraceRows.EXAMPLE
                            + ", but is " + Mistakes.quoted(first.getFirst()));
        }
        return csv;
    }

    private TraceReading read(DataFile data, TraceRows format) throws IOException {
        boolean hasHeader = format instanceof CsvTraceRows;
        try (var cuts = new RecordReader(data.open(), Shape.LINES)) {
            for (Cut cut = cuts.next(); cut != null && rows < limit.requests(); cut = cuts.next()) {
                if (cut.isBlank()) {
                    continue;
                }
                if (hasHeader) {
                    hasHeader = false;
                } else if (!take(cut, format)) {
                    break;
                }
            }
        }
        if (mistakes.isEmpty() && columns.size() == 0) {
            mistakes.whole("has no requests below its header");
        }
        return mistakes.isEmpty()
                ? new Loaded(
                        columns.toTrace(file.getFileName().toString(), format.blockTokens()),
                        format.description(),
                        raisedToOne,
                        extraBlocks)
                : new Unreadable(mistakes.messages());
    }

    /// @return whether it goes on
    private boolean take(Cut cut, TraceRows format) {
        if (cut.text().isEmpty()) {
            mistakes.at(cut.line(), "is not text in UTF-8");
            return true;
        }
        Optional<TraceRow> read = format.read(cut.text().get(), message -> mistakes.at(cut.line(), message));
        if (read.isEmpty()) {
            return true;
        }
        TraceRow row = read.get();
        if (rows == 0) {
            firstNanos = row.atNanos();
            lastNanos = firstNanos;
        }
        rows++;
        if (row.atNanos() < lastNanos) {
            mistakes.at(cut.line(), "the times must not decrease, but " + row.shownAt() + " is before the time of the row above");
        }
        lastNanos = row.atNanos();
        if (row.atNanos() - firstNanos >= limit.span().toNanos()) {
            return false;
        }
        if (mistakes.isEmpty()) {
            add(row, format.blockTokens());
        }
        return true;
    }

    private void add(TraceRow row, int blockTokens) {
        if (row.prompt() == 0 || row.output() == 0) {
            raisedToOne++;
        }
        int prompt = Math.max(1, row.prompt());
        long[] blocks = row.blocks().orElse(NO_BLOCKS);
        int room = Math.ceilDiv(prompt, blockTokens);
        if (blocks.length > room) {
            extraBlocks++;
            blocks = Arrays.copyOf(blocks, room);
        }
        columns.add(row.atNanos() - firstNanos, prompt, Math.max(1, row.output()), blocks, row.session().orElse(-1));
    }

    /// What the notes of a trace say.
    public static List<String> notes(String name, Loaded loaded) {
        var notes = new ArrayList<String>();
        String of = " of " + loaded.trace().size() + " requests ";
        if (loaded.raisedToOne() > 0) {
            notes.add(name + ": " + loaded.raisedToOne() + of + "had a length of 0 tokens, which is replayed as 1");
        }
        if (loaded.extraBlocks() > 0) {
            notes.add(name + ": " + loaded.extraBlocks() + of + "named more blocks than their prompts have room for; the last were left out");
        }
        return notes;
    }
}
