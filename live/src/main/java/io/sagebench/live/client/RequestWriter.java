package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sagebench.live.wire.GrowingBytes;
import io.sagebench.live.wire.JsonWriter;
import io.sagebench.request.RequestType;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.Wording;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Writes the bytes of requests: a chat with one user message, perhaps after one of the system, a prompt to complete, or texts to embed. For one thread.
final class RequestWriter {
    private static final int KEPT_BYTES = 1024 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] MODEL = ascii("{\"model\":");
    private static final byte[] MESSAGES = ascii(",\"messages\":[");
    private static final byte[] SYSTEM_MESSAGE = ascii("{\"role\":\"system\",\"content\":");
    private static final byte[] NEXT_MESSAGE = ascii("},");
    private static final byte[] USER_MESSAGE = ascii("{\"role\":\"user\",\"content\":");
    private static final byte[] MESSAGE_END = ascii("}]");
    private static final byte[] PROMPT = ascii(",\"prompt\":");
    private static final byte[] MAX_TOKENS = ascii(",\"max_tokens\":");
    private static final byte[] INPUT = ascii(",\"input\":");

    private final Map<RequestType, byte[]> fixedHeads = new EnumMap<>(RequestType.class);
    private final byte[] generationEnd;
    private final Wording wording;
    private final GrowingBytes head = new GrowingBytes();
    private final GrowingBytes body = new GrowingBytes();

    /// @param target  where the requests go
    /// @param options how to ask
    RequestWriter(HttpTarget target, ClientOptions options) {
        wording = options.texts().wording();
        for (RequestType type : RequestType.values()) {
            fixedHeads.put(type, fixedHead(type, target, options));
        }
        generationEnd = utf8(sampling(options.sampling()) + ",\"stream\":"
                + (options.streaming() ? "true,\"stream_options\":{\"include_usage\":true}" : "false")
                + (options.ignoreEos() ? ",\"ignore_eos\":true}" : "}"));
    }

    private static String sampling(Map<String, Object> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(',')
                .append(JsonMapper.shared().writeValueAsString(name))
                .append(':')
                .append(JsonMapper.shared().writeValueAsString(value)));
        return text.toString();
    }

    private static byte[] fixedHead(RequestType type, HttpTarget target, ClientOptions options) {
        String path =
                switch (type) {
                    case LLM_CHAT -> "/v1/chat/completions";
                    case LLM_GENERATE -> "/v1/completions";
                    case EMBEDDING -> "/v1/embeddings";
                };
        var lines = new StringBuilder()
                .append("POST ")
                .append(target.path(path))
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.hostHeader())
                .append("\r\nUser-Agent: sage-bench\r\nContent-Type: application/json\r\nAccept: ")
                .append(options.streaming() && type.isGeneration() ? "text/event-stream" : "application/json")
                .append("\r\nX-Request-Type: ")
                .append(type.wireName())
                .append("\r\n");
        options.apiKey().ifPresent(key -> lines.append("Authorization: Bearer ").append(key).append("\r\n"));
        options.headers().forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString().getBytes(ISO_8859_1);
    }

    /// The request's bytes in a buffer of their own, which the caller releases.
    ByteBuf write(PlannedRequest planned, ByteBufAllocator allocator) {
        body.clear(KEPT_BYTES);
        append(body, MODEL);
        JsonWriter.string(body, planned.model());
        switch (planned.type()) {
            case LLM_CHAT -> {
                append(body, MESSAGES);
                planned.systemPrompt().ifPresent(system -> {
                    append(body, SYSTEM_MESSAGE);
                    JsonWriter.string(body, system);
                    append(body, NEXT_MESSAGE);
                });
                append(body, USER_MESSAGE);
                JsonWriter.string(body, planned.prompt(wording));
                append(body, MESSAGE_END);
                generationEnd(planned);
            }
            case LLM_GENERATE -> {
                append(body, PROMPT);
                JsonWriter.string(body, planned.systemPrompt().map(system -> system + "\n\n").orElse("") + planned.prompt(wording));
                generationEnd(planned);
            }
            case EMBEDDING -> input(planned.texts(wording));
        }

        head.clear(KEPT_BYTES);
        append(head, requireNonNull(fixedHeads.get(planned.type())));
        header("X-Request-ID: ", planned.id().value());
        header("X-Request-Priority: ", planned.priority().name());
        var promised = planned.serviceLevel();
        milliseconds("X-SLO-Deadline-Ms: ", promised.endToEnd());
        milliseconds("X-SLO-TTFT-Ms: ", promised.timeToFirstToken());
        milliseconds("X-SLO-TBT-Ms: ", promised.timePerOutputToken());
        planned.caller().tenant().ifPresent(name -> header("X-Tenant-Id: ", name));
        planned.caller().session().ifPresent(name -> header("X-Session-Id: ", name));
        if (planned.announcesOutput()) {
            header("X-Predicted-Output-Tokens: ", Integer.toString(planned.outputTokens()));
        }
        text(head, "Content-Length: ");
        number(head, body.size());
        append(head, LINE_END);
        append(head, LINE_END);

        ByteBuf bytes = allocator.directBuffer(head.size() + body.size());
        return bytes.writeBytes(head.array(), 0, head.size()).writeBytes(body.array(), 0, body.size());
    }

    private void generationEnd(PlannedRequest planned) {
        append(body, MAX_TOKENS);
        number(body, planned.outputTokens());
        append(body, generationEnd);
    }

    /// One text is sent as such, several as a list.
    private void input(List<String> texts) {
        append(body, INPUT);
        if (texts.size() == 1) {
            JsonWriter.string(body, texts.getFirst());
        } else {
            for (int i = 0; i < texts.size(); i++) {
                body.append((byte) (i == 0 ? '[' : ','));
                JsonWriter.string(body, texts.get(i));
            }
            body.append((byte) ']');
        }
        body.append((byte) '}');
    }

    private void header(String name, String value) {
        text(head, name);
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            head.append((byte) (unit < ' ' || unit > '~' ? '?' : unit)); // a line end would begin another header
        }
        append(head, LINE_END);
    }

    private void milliseconds(String name, Optional<Duration> limit) {
        if (limit.isPresent()) {
            text(head, name);
            number(head, Math.max(1, limit.get().toMillis()));
            append(head, LINE_END);
        }
    }

    private static void number(GrowingBytes target, long value) {
        text(target, Long.toString(value));
    }

    private static void text(GrowingBytes target, String text) {
        append(target, ascii(text));
    }

    private static void append(GrowingBytes target, byte[] bytes) {
        target.append(bytes, 0, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
