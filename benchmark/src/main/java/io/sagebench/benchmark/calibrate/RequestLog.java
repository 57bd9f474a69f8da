package io.sagebench.benchmark.calibrate;

import io.sagebench.engine.sim.calibration.LoadLevel;
import io.sagebench.engine.sim.calibration.ObservedRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a log of requests: our own `requests_*.jsonl`, JSON Lines of an engine's request log (`queued_ts`, `first_token_ts`, `last_token_ts`,
/// `input_toks`, `output_toks`, in seconds), or CSV with the header [#CSV_HEADER].
final class RequestLog {
    static final String CSV_HEADER = "sent_s,first_token_s,last_token_s,prompt_tokens,output_tokens";

    private static final int MOST_PROBLEMS = 10;
    private static final int MOST_REQUESTS = 3000;
    /// Time units, as powers of ten in nanoseconds.
    private static final int SECONDS = 9;
    private static final int MILLIS = 6;
    /// Either way, about 127 years: epoch times fit, and so does any span between two of them in 64 bits.
    private static final BigDecimal MOST_NANOS = new BigDecimal("4e18");

    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, List<ObservedRequest>> windows = new LinkedHashMap<>();
    private final Set<String> engines = new TreeSet<>();
    private int leftOut;
    private int kept;

    private RequestLog(Path file) {
        this.file = file;
    }

    /// What came of reading.
    sealed interface Reading {
        /// Requests, cut where nothing was under way.
        record Read(List<LoadLevel> levels, List<String> notes) implements Reading {}

        /// Mistakes, with the numbers of their lines.
        record Unreadable(List<String> problems) implements Reading {}
    }

    static Reading read(Path file) {
        try {
            return new RequestLog(file).read(Files.readAllLines(file));
        } catch (NoSuchFileException _) {
            return new Reading.Unreadable(List.of(file + ": there is no such file"));
        } catch (CharacterCodingException _) {
            return new Reading.Unreadable(List.of(file + ": not a text file in UTF-8"));
        } catch (IOException broken) {
            return new Reading.Unreadable(List.of(file + ": cannot be read: " + broken.getMessage()));
        }
    }

    private Reading read(List<String> lines) {
        boolean isCsv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        if (isCsv && (lines.isEmpty() || !lines.getFirst().replace("\uFEFF", "").strip().equals(CSV_HEADER))) {
            return new Reading.Unreadable(List.of(file + ", line 1: the header must be " + CSV_HEADER + ", but is "
                    + (lines.isEmpty() ? "missing" : quoted(lines.getFirst()))));
        }
        for (int i = isCsv ? 1 : 0; i < lines.size() && problems.size() < MOST_PROBLEMS && kept < MOST_REQUESTS; i++) {
            String line = lines.get(i);
            if (!line.isBlank()) {
                try {
                    take(isCsv ? csv(line) : json(line));
                } catch (JacksonException _) {
                    problems.add(file + ", line " + (i + 1) + ": not valid JSON: " + quoted(line));
                } catch (IllegalArgumentException wrong) {
                    problems.add(file + ", line " + (i + 1) + ": " + wrong.getMessage());
                }
            }
        }
        if (engines.size() > 1) {
            problems.add(file + ": has requests of " + engines.size() + " engines (" + String.join(", ", engines)
                    + "), but a profile is of one: keep the lines of one instance");
        }
        if (problems.isEmpty() && kept == 0) {
            problems.add(file + ": has no completed requests");
        }
        if (!problems.isEmpty()) {
            return new Reading.Unreadable(problems);
        }
        var notes = new ArrayList<String>();
        if (leftOut > 0) {
            notes.add(leftOut + " requests in the log were not completed and are left out; the engine may have worked on them all the same.");
        }
        if (kept == MOST_REQUESTS) {
            notes.add("Only the first " + MOST_REQUESTS + " requests of the log are used.");
        }
        return new Reading.Read(windows.values().stream().flatMap(log -> LoadLevel.cut(log).stream()).toList(), notes);
    }

    private record Line(String window, ObservedRequest request) {}

    private void take(Optional<Line> line) {
        line.ifPresentOrElse(
                given -> {
                    kept++;
                    windows.computeIfAbsent(given.window, _ -> new ArrayList<>()).add(given.request);
                },
                () -> leftOut++);
    }

    private static Optional<Line> csv(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 5) {
            throw new IllegalArgumentException("expected 5 values (" + CSV_HEADER + "), but found " + cells.length);
        }
        String[] names = CSV_HEADER.split(",", -1);
        return Optional.of(new Line("", new ObservedRequest(
                nanos(names[0], cells[0], SECONDS), tokens(names[3], cells[3]), tokens(names[4], cells[4]),
                nanos(names[1], cells[1], SECONDS), nanos(names[2], cells[2], SECONDS))));
    }

    private Optional<Line> json(String line) {
        JsonNode given = JsonMapper.shared().readTree(line);
        if (given.has("queued_ts")) {
            return Optional.of(new Line("", new ObservedRequest(
                    nanos(given, "queued_ts", SECONDS), tokens(given, "input_toks"), tokens(given, "output_toks"),
                    nanos(given, "first_token_ts", SECONDS), nanos(given, "last_token_ts", SECONDS))));
        }
        if (!given.has("outcome")) {
            throw new IllegalArgumentException(
                    "expected a line of requests_*.jsonl, or one with queued_ts, first_token_ts, last_token_ts, input_toks and output_toks, but found "
                            + quoted(line));
        }
        if (!given.path("outcome").asString("").equals("completed") || given.path("first_token_ms").isNull()) {
            return Optional.empty();
        }
        given.path("instance").stringValueOpt().ifPresent(engines::add);
        String prompt = given.path("prompt_token_count").isNumber() ? "prompt_token_count" : "prompt_tokens_asked";
        long queuedNanos = given.path("queue_ms").isNumber() ? nanos(given, "queue_ms", MILLIS) : 0;
        if (queuedNanos < 0) {
            throw new IllegalArgumentException("queue_ms must be at least 0, but is " + given.path("queue_ms").asString());
        }
        return Optional.of(new Line(
                given.path("policy").asString("") + " " + given.path("repeat").asString(""),
                new ObservedRequest(
                        nanos(given, "sent_ms", MILLIS) + queuedNanos, tokens(given, prompt), tokens(given, "output_token_count"),
                        nanos(given, "first_token_ms", MILLIS), nanos(given, "last_content_ms", MILLIS))));
    }

    private static long nanos(JsonNode line, String key, int digits) {
        return nanos(key, line.path(key).isNumber() ? line.path(key).asString() : "", digits);
    }

    private static int tokens(JsonNode line, String key) {
        return tokens(key, line.path(key).isNumber() ? line.path(key).asString() : "");
    }

    /// Digits beyond a nanosecond are cut off.
    private static long nanos(String name, String text, int digits) {
        BigDecimal most = MOST_NANOS.movePointLeft(digits);
        try {
            var given = new BigDecimal(text.strip());
            if (given.abs().compareTo(most) <= 0) {
                return given.movePointRight(digits).longValue();
            }
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(name + " must be a time, but is " + (text.isEmpty() ? "missing" : quoted(text)));
        }
        throw new IllegalArgumentException(name + " must be in " + (digits == SECONDS ? "seconds" : "milliseconds") + ", from -"
                + most.toPlainString() + " to " + most.toPlainString() + ", but is " + quoted(text));
    }

    private static int tokens(String name, String text) {
        try {
            int tokens = Integer.parseInt(text.strip());
            if (tokens >= 1 && tokens <= ObservedRequest.MOST_TOKENS) {
                return tokens;
            }
        } catch (NumberFormatException _) {
            // not even a number: the same is to be said
        }
        throw new IllegalArgumentException(name + " must be a whole number from 1 to " + ObservedRequest.MOST_TOKENS + ", but is "
                + (text.isEmpty() ? "missing" : quoted(text)));
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + "'";
    }
}
