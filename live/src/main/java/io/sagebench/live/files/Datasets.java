package io.sagebench.live.files;

import io.sagebench.live.files.DatasetReading.Loaded;
import io.sagebench.live.files.DatasetReading.Unreadable;
import io.sagebench.live.files.RecordReader.Cut;
import io.sagebench.live.files.RecordReader.Shape;
import io.sagebench.live.files.RowFormat.Row;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads datasets: JSONL in the documented layouts, ShareGPT conversations, CSV. Which it is shows in the file itself. It is read once, as a stream;
/// texts stay in it.
public final class Datasets {
    private final DataFile file;
    private final Use use;
    private final boolean strict;
    private final Mistakes mistakes;
    private final SeenIds ids = new SeenIds();
    private final Map<String, Integer> unused = new TreeMap<>();
    private int records;
    private int leftOut;

    private Datasets(DataFile file, Use use, boolean strict) {
        this.file = file;
        this.use = use;
        this.strict = strict;
        this.mistakes = new Mistakes(file.name());
    }

    /// What a dataset is for.
    public enum Use {
        /// Prompts to answer.
        PROMPTS,
        /// Texts to embed.
        TEXTS
    }

    /// Reads the whole file. All its mistakes are found.
    public static DatasetReading read(DataFile file, Use use) {
        return new Datasets(file, use, false).read();
    }

    /// The same, with keys that mean nothing for mistakes.
    public static DatasetReading check(DataFile file, Use use) {
        return new Datasets(file, use, true).read();
    }

    /// The keys that a row of JSONL may have.
    public static Set<String> keys(Use use) {
        return use == Use.PROMPTS ? JsonlRows.PROMPT_KEYS : JsonlRows.TEXT_KEYS;
    }

    /// What a file is, and where its rows begin.
    private record Detected(RowFormat format, Shape shape, boolean hasHeader) {}

    private DatasetReading read() {
        try {
            Optional<Detected> detected = detect();
            if (detected.isEmpty()) {
                return new Unreadable(mistakes.messages());
            }
            return read(detected.get());
        } catch (NoSuchFileException _) {
            mistakes.whole("there is no such file");
        } catch (IOException broken) {
            mistakes.whole("cannot be read: " + broken.getMessage());
        }
        return new Unreadable(mistakes.messages());
    }

    private Optional<Detected> detect() throws IOException {
        try (var lines = new RecordReader(file.open(), Shape.LINES)) {
            Cut first = lines.next();
            while (first != null && first.isBlank()) {
                first = lines.next();
            }
            if (first == null) {
                mistakes.whole("is empty");
                return Optional.empty();
            }
            if (first.text().isEmpty()) {
                mistakes.at(first.line(), "is not text in UTF-8");
                return Optional.empty();
            }
            return detect(first.text().get().strip());
        }
    }

    private Optional<Detected> detect(String first) {
        if (first.startsWith("[")) {
            return Optional.of(new Detected(isConversation() ? new ShareGptRows() : new JsonlRows(use), Shape.ARRAY, false));
        }
        if (first.startsWith("{")) {
            boolean conversations = use == Use.PROMPTS && (first.contains("\"conversations\"") || first.contains("\"conversation\""));
            return Optional.of(new Detected(conversations ? new ShareGptRows() : new JsonlRows(use), Shape.LINES, false));
        }
        Optional<CsvRows> csv = CsvRows.of(first);
        if (csv.isEmpty()) {
            mistakes.at(
                    1,
                    "is no dataset: expected JSON objects with a prompt or text each, ShareGPT conversations, or CSV whose header names a column"
                            + " prompt, text, content or input, but found " + Mistakes.quoted(first));
        }
        return csv.map(format -> new Detected(format, Shape.CSV, true));
    }

    /// Whether the first object of an array is a conversation.
    private boolean isConversation() {
        if (use == Use.TEXTS) {
            return false;
        }
        try (var objects = new RecordReader(file.open(), Shape.ARRAY)) {
            Cut first = objects.next();
            return first != null && first.text().orElse("").contains("\"conversation");
        } catch (IOException _) {
            return false; // reading it will tell
        }
    }

    private DatasetReading read(Detected detected) throws IOException {
        var pool = new FilePool(file, detected.format);
        try (var cuts = new RecordReader(file.open(), detected.shape)) {
            if (detected.hasHeader) {
                Cut header = cuts.next();
                while (header != null && header.isBlank()) {
                    header = cuts.next();
                }
            }
            for (Cut cut = cuts.next(); cut != null; cut = cuts.next()) {
                if (!cut.isBlank()) {
                    take(cut, detected.format, pool);
                }
            }
        }
        if (mistakes.isEmpty() && pool.size() == 0) {
            mistakes.whole("has no usable rows" + (records == 0 ? "" : ": all " + records + " were left out; " + why(detected.format)));
        }
        return mistakes.isEmpty()
                ? new Loaded(pool, detected.format.description(), notes(detected.format))
                : new Unreadable(mistakes.messages());
    }

    private void take(Cut cut, RowFormat format, FilePool pool) throws IOException {
        records++;
        if (cut.text().isEmpty()) {
            mistakes.at(cut.line(), "is not text in UTF-8");
            return;
        }
        Row row = format.read(cut.text().get(), message -> mistakes.at(cut.line(), message));
        row.id().ifPresent(id -> {
            int before = ids.put(id, cut.line());
            if (before > 0 && !(format instanceof ShareGptRows)) { // where parts of one conversation share its id
                mistakes.at(cut.line(), "id " + Mistakes.quoted(id) + " stands in line " + before + ", too");
            }
        });
        for (String key : row.unused()) {
            if (strict) {
                mistakes.at(cut.line(), "unknown key " + Mistakes.quoted(key));
            } else {
                unused.merge(key, 1, Integer::sum);
            }
        }
        leftOut += row.parts().isEmpty() ? 1 : 0;
        for (int i = 0; i < row.parts().size(); i++) {
            pool.add(cut, i, row.parts().get(i));
        }
    }

    private List<String> notes(RowFormat format) {
        var notes = new ArrayList<String>();
        if (leftOut > 0) {
            notes.add(file.name() + ": " + leftOut + " of " + records + " rows were left out; " + why(format));
        }
        unused.forEach((key, rows) -> notes.add(file.name() + ": the key '" + key + "' is not known and not used (" + rows + " rows)"));
        return notes;
    }

    private static String why(RowFormat format) {
        return format instanceof ShareGptRows
                ? "used are conversations of at least two messages with 4 to 1024 tokens in the first and at least 4 in the second, at most 2048"
                        + " together"
                : "they have nothing to send";
    }
}
