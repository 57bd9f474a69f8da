package io.sagebench.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Pieces of streams as OpenAI-compatible servers send them, and the HTTP around them.
final class Sse {
    static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    static final String FINISH = chunk("{}", "\"stop\"");
    static final String USAGE = event(
            "{\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":4,\"total_tokens\":11}}");
    static final String DONE = event("[DONE]");

    private Sse() {}

    static String content(String text) {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    /// A content event that says how many tokens have come so far (continuous usage).
    static String content(String text, int tokensSoFar) {
        return event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":" + tokensSoFar + "}}");
    }

    static String chunk(String delta, String finishReason) {
        return event("{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":" + finishReason + "}]}");
    }

    static String event(String data) {
        return "data: " + data + "\n\n";
    }

    static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    static final String LAST_CHUNK = "0\r\n\r\n";

    /// Each part as one chunk of a chunked body.
    static String chunks(String... parts) {
        var body = new StringBuilder();
        for (String part : parts) {
            body.append(Integer.toHexString(part.getBytes(UTF_8).length)).append("\r\n").append(part).append("\r\n");
        }
        return body.toString();
    }

    /// A whole streamed response of these parts.
    static String stream(String... parts) {
        return HEAD + chunks(parts) + LAST_CHUNK;
    }

    /// A whole response that is not streamed.
    static String whole(int status, String contentType, String body) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }
}
