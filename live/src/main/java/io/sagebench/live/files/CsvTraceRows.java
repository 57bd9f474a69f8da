package io.sagebench.live.files;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Traces as CSV: those of AzurePublicDataset (wall-clock times), BurstGPT (seconds) and Vidur (seconds). Columns are found by their names.
final class CsvTraceRows implements TraceRows {
    private static final List<String> TIMES = List.of("timestamp", "arrived_at");
    private static final List<String> PROMPTS = List.of("contexttokens", "request tokens", "num_prefill_tokens");
    private static final List<String> OUTPUTS = List.of("generatedtokens", "response tokens", "num_decode_tokens");
    private static final String SESSION = "session id";

    /// A row of each, by the column of the prompt.
    private static final Map<String, String> EXAMPLES = Map.of(
            "contexttokens", "2023-11-16 18:15:46.6805900,374,44",
            "request tokens", "5,ChatGPT,472,18,490,Conversation log",
            "num_prefill_tokens", "0.03,374,44");
    private static final Map<String, String> NAMES = Map.of(
            "contexttokens", "Azure LLM trace",
            "request tokens", "BurstGPT trace",
            "num_prefill_tokens", "Vidur trace");
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private final List<String> header;
    private final int time;
    private final int prompt;
    private final int output;
    private final int session;

    private CsvTraceRows(List<String> header, int time, int prompt, int output, int session) {
        this.header = header;
        this.time = time;
        this.prompt = prompt;
        this.output = output;
        this.session = session;
    }

    /// The format that a header line says; absent when it lacks a column.
    static Optional<TraceRows> of(String headerLine) {
        List<String> header = cells(headerLine);
        var names = header.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
        int time = column(names, TIMES);
        int prompt = column(names, PROMPTS);
        int output = column(names, OUTPUTS);
        return time < 0 || prompt < 0 || output < 0
                ? Optional.empty()
                : Optional.of(new CsvTraceRows(header, time, prompt, output, names.indexOf(SESSION)));
    }

    private static int column(List<String> header, List<String> names) {
        return names.stream().mapToInt(header::indexOf).filter(at -> at >= 0).findFirst().orElse(-1);
    }

    private static List<String> cells(String row) {
        var cells = new ArrayList<String>();
        for (String cell : row.split(",", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    @Override
    public String description() {
        return NAMES.getOrDefault(header.get(prompt).toLowerCase(Locale.ROOT), "trace") + " (CSV)";
    }

    @Override
    public int blockTokens() {
        return 1;
    }

    @Override
    public Optional<TraceRow> read(String row, Consumer<String> mistake) {
        List<String> cells = cells(row);
        OptionalLong at = cells.size() == header.size() ? nanos(cells.get(time)) : OptionalLong.empty();
        if (at.isEmpty()) {
            mistake.accept("expected a row like " + EXAMPLES.getOrDefault(header.get(prompt).toLowerCase(Locale.ROOT), "")
                    + ", but found " + Mistakes.quoted(row));
            return Optional.empty();
        }
        int promptTokens = tokens(cells, prompt, mistake);
        int outputTokens = tokens(cells, output, mistake);
        return promptTokens < 0 || outputTokens < 0
                ? Optional.empty()
                : Optional.of(new TraceRow(at.getAsLong(), cells.get(time), promptTokens, outputTokens, Optional.empty(), session(cells)));
    }

    private OptionalLong session(List<String> cells) {
        return session >= 0 && cells.get(session).matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(cells.get(session)))
                : OptionalLong.empty();
    }

    /// A date and time, or seconds.
    private static OptionalLong nanos(String cell) {
        if (cell.matches("(\\d{1,9}|[1-8]\\d{9})(\\.\\d{1,18})?")) {
            return OptionalLong.of(new BigDecimal(cell).multiply(NANOS).longValue());
        }
        return EpochTime.parse(cell).map(time -> OptionalLong.of(time.nanos())).orElse(OptionalLong.empty());
    }

    private int tokens(List<String> cells, int column, Consumer<String> mistake) {
        if (cells.get(column).matches("\\d{1,9}")) {
            return Integer.parseInt(cells.get(column));
        }
        mistake.accept(header.get(column) + " must be a whole number of at least 0, but is " + Mistakes.quoted(cells.get(column)));
        return -1;
    }
}
