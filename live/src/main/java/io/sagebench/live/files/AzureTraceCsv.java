package io.sagebench.live.files;

import io.sagebench.live.files.TraceReading.Loaded;
import io.sagebench.live.files.TraceReading.Unreadable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the LLM inference traces of AzurePublicDataset: a header line, then one request a line with the wall-clock time at which it came,
/// its prompt length and its answer length. The file is read as a stream and only as far as the limit needs.
public final class AzureTraceCsv {
    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private static final String EXAMPLE = "2023-11-16 18:15:46.6805900,374,44";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final TraceLimit limit;
    private final TraceColumns columns = new TraceColumns();
    private int raisedToOne;
    private int line;

    private AzureTraceCsv(Path file, TraceLimit limit) {
        this.file = file;
        this.limit = limit;
    }

    /// Reads `file` as far as `limit` says.
    public static TraceReading read(Path file, TraceLimit limit) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return new AzureTraceCsv(file, limit).read(lines);
        } catch (NoSuchFileException _) {
            return new Unreadable(file + ": there is no such file");
        } catch (CharacterCodingException _) {
            return new Unreadable(file + ": not a text file in UTF-8");
        } catch (IOException broken) {
            return new Unreadable(file + ": cannot be read: " + broken.getMessage());
        }
    }

    private TraceReading read(BufferedReader lines) throws IOException {
        String header = next(lines);
        if (header == null || !header.replace(BYTE_ORDER_MARK, "").equals(HEADER)) {
            return wrong("the header must be " + HEADER + ", but is " + (header == null ? "missing" : quoted(header)));
        }
        long firstNanos = 0;
        while (columns.size() < limit.requests()) {
            String row = next(lines);
            if (row == null) {
                break;
            }
            if (row.isEmpty()) {
                continue;
            }
            String[] cells = row.split(",", -1);
            Optional<EpochTime> time = cells.length == 3 ? EpochTime.parse(cells[0]) : Optional.empty();
            if (time.isEmpty()) {
                return wrong("expected a row like " + EXAMPLE + ", but found " + quoted(row));
            }
            long atNanos = time.get().nanos();
            firstNanos = columns.size() == 0 ? atNanos : firstNanos;
            long sinceFirstNanos = atNanos - firstNanos;
            if (sinceFirstNanos < columns.lastNanos()) {
                return wrong("the times must not decrease, but " + cells[0] + " is before the time of the row above");
            }
            if (sinceFirstNanos >= limit.span().toNanos()) {
                break;
            }
            int prompt = tokens(cells[1]);
            int output = tokens(cells[2]);
            if (prompt < 0 || output < 0) {
                return wrong((prompt < 0 ? "ContextTokens" : "GeneratedTokens")
                        + " must be a whole number of at least 0, but is " + quoted(cells[prompt < 0 ? 1 : 2]));
            }
            if (prompt == 0 || output == 0) {
                raisedToOne++;
            }
            columns.add(sinceFirstNanos, Math.max(1, prompt), Math.max(1, output));
        }
        return columns.size() == 0
                ? new Unreadable(file + ": has no requests below its header")
                : new Loaded(columns.toTrace(file.getFileName().toString()), raisedToOne);
    }

    private @Nullable String next(BufferedReader lines) throws IOException {
        line++;
        return lines.readLine();
    }

    private Unreadable wrong(String what) {
        return new Unreadable(file + ", line " + line + ": " + what);
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + "'";
    }

    /// The number in a cell, or -1 when it is none.
    private static int tokens(String cell) {
        try {
            return Math.max(-1, Integer.parseInt(cell));
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
