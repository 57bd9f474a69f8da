package io.sagebench.live.files;

import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.PromptBody;
import io.sagebench.workload.Trace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes plans and traces, a request a line. An existing file is not replaced.
public final class TraceWriter {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final DateTimeFormatter AZURE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private TraceWriter() {}

    /// How a trace is written.
    public enum Form {
        /// Ours: times in microseconds to the nanosecond, blocks and sessions.
        PLAN,
        /// Mooncake's: times in whole milliseconds, and blocks.
        MOONCAKE,
        /// Azure's CSV: times as dates, neither blocks nor sessions.
        AZURE;

        /// The stable name.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether it keeps what prompts have in common.
        public boolean keepsBlocks() {
            return this != AZURE;
        }
    }

    /// Writes a trace.
    public static void write(Trace trace, Form form, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            if (form == Form.AZURE) {
                out.write("TIMESTAMP,ContextTokens,GeneratedTokens\n");
            }
            for (int i = 0; i < trace.size(); i++) {
                if (form == Form.AZURE) {
                    azure(trace, i, out);
                } else {
                    line(form == Form.PLAN ? plan(trace, i) : mooncake(trace, i), out);
                }
            }
        }
    }

    private static void azure(Trace trace, int i, Writer out) throws IOException {
        var at = Instant.EPOCH.plusNanos(trace.atNanos(i)).atOffset(ZoneOffset.UTC);
        out.write(AZURE.format(at) + String.format(Locale.ROOT, ".%09d,%d,%d\n", at.getNano(), trace.promptTokens(i), trace.outputTokens(i)));
    }

    private static ObjectNode mooncake(Trace trace, int i) {
        ObjectNode row = MAPPER.createObjectNode();
        row.put("timestamp", trace.atNanos(i) / 1_000_000);
        row.put("input_length", trace.promptTokens(i));
        row.put("output_length", trace.outputTokens(i));
        blocks(row, trace, i);
        return row;
    }

    private static ObjectNode plan(Trace trace, int i) {
        ObjectNode row = MAPPER.createObjectNode();
        row.put(JsonTraceRows.GENERATED_TIME, micros(trace.atNanos(i)));
        row.put("input_tokens", trace.promptTokens(i));
        row.put("output_tokens", trace.outputTokens(i));
        trace.session(i).ifPresent(session -> row.put("session_id", "session-" + session));
        if (trace.blocks(i) > 0) {
            row.put("block_size", trace.blockTokens());
        }
        blocks(row, trace, i);
        return row;
    }

    private static void blocks(ObjectNode row, Trace trace, int i) {
        if (trace.blocks(i) > 0) {
            var ids = row.putArray("hash_ids");
            IntStream.range(0, trace.blocks(i)).forEach(place -> ids.add(trace.block(i, place)));
        }
    }

    private static BigDecimal micros(long nanos) {
        BigDecimal micros = BigDecimal.valueOf(nanos, 3).stripTrailingZeros();
        return micros.scale() < 0 ? micros.setScale(0) : micros;
    }

    /// Writes the requests of a plan, which [TraceFile] reads again.
    ///
    /// @param texts whether with their prompts and texts
    /// @return how many
    public static long write(Iterator<PlannedRequest> requests, boolean texts, Path file) throws IOException {
        long count = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            while (requests.hasNext()) {
                line(planned(requests.next(), texts), out);
                count++;
            }
        } catch (UncheckedIOException broken) {
            throw broken.getCause(); // a dataset that has gone
        }
        return count;
    }

    private static ObjectNode planned(PlannedRequest request, boolean texts) {
        ObjectNode row = MAPPER.createObjectNode();
        row.put(JsonTraceRows.GENERATED_TIME, micros(request.intendedAtNanos()));
        row.put("id", request.id().value());
        row.put("type", request.type().wireName());
        row.put("model", request.model());
        row.put("priority", request.priority().name());
        row.put("input_tokens", request.promptTokens());
        row.put("output_tokens", request.outputTokens());
        request.caller().session().ifPresent(session -> row.put("session_id", session));
        if (request.form().body() instanceof PromptBody.Blocks(Trace trace, int index)) {
            row.put("block_size", trace.blockTokens());
            blocks(row, trace, index);
        }
        if (texts && request.type().isGeneration()) {
            request.systemPrompt().ifPresent(system -> row.put("system_prompt", system));
            row.put("prompt", request.prompt());
        } else if (texts) {
            var all = row.putArray("texts");
            request.texts().forEach(all::add);
        }
        return row;
    }

    private static void line(ObjectNode row, Writer out) throws IOException {
        out.write(MAPPER.writeValueAsString(row));
        out.write('\n');
    }
}
