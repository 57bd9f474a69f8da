package io.sagebench.perf.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The bytes of the null server's streams, made once. A token is an event of some 220 bytes in a chunk of its own, as vLLM sends it.
final class StreamBytes {
    private static final String CHUNK_BEGIN = "{\"id\":\"chatcmpl-7f3b5c1e9a2d4f60\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1767225600,\"model\":\"null-server\",\"choices\":[";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String TOKEN = event(CHUNK_BEGIN
            + "{\"index\":0,\"delta\":{\"content\":\" word\"},\"logprobs\":null,\"finish_reason\":null}]}");
    private static final String FINISH = event(CHUNK_BEGIN
            + "{\"index\":0,\"delta\":{\"content\":\"\"},\"logprobs\":null,\"finish_reason\":\"length\",\"stop_reason\":null}]}");

    /// Events of a stream that bring no content: the finish reason, usage and the end mark.
    static final int TRAILING_EVENTS = 3;

    private StreamBytes() {}

    static ByteBuf head() {
        return direct(HEAD);
    }

    static ByteBuf token() {
        return direct(TOKEN);
    }

    /// Everything after the last token.
    static ByteBuf trailer(int tokens) {
        return direct(trailerText(tokens));
    }

    /// How long the response is up to the token `number`, counted from 1, and including it.
    static int bytesUpTo(int number) {
        return HEAD.length() + number * TOKEN.length();
    }

    /// How long the whole response of so many tokens is.
    static int responseBytes(int tokens) {
        return bytesUpTo(tokens) + trailerText(tokens).length();
    }

    private static String trailerText(int tokens) {
        return FINISH
                + event(CHUNK_BEGIN + "],\"usage\":{\"prompt_tokens\":16,\"completion_tokens\":" + tokens
                        + ",\"total_tokens\":" + (16 + tokens) + "}}")
                + event("[DONE]")
                + "0\r\n\r\n";
    }

    private static String event(String data) {
        String event = "data: " + data + "\n\n";
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static ByteBuf direct(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }
}
