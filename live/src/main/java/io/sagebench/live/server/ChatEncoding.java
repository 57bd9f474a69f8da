package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sagebench.engine.EngineResult;

/// The JSON of one answer, as events of a stream or as one object. What all its events share is encoded once; a token then costs three copies of
/// bytes.
final class ChatEncoding {
    private static final byte[] EVENT_END = "\"},\"finish_reason\":null}]}\n\n".getBytes(UTF_8);
    private static final String DONE = "data: [DONE]\n\n";

    private final String chunkStart;
    private final String id;
    private final String model;
    private final long createdSeconds;
    private final byte[] tokenStart;

    /// @param request        what is answered
    /// @param createdSeconds when the answer was created, in seconds since 1970
    ChatEncoding(ChatRequest request, long createdSeconds) {
        this.id = Json.quoted("chatcmpl-" + request.id());
        this.model = Json.quoted(request.model());
        this.createdSeconds = createdSeconds;
        this.chunkStart = "data: {\"id\":" + id + ",\"object\":\"chat.completion.chunk\",\"created\":" + createdSeconds
                + ",\"model\":" + model + ",\"choices\":[";
        this.tokenStart = (chunkStart + "{\"index\":0,\"delta\":{\"content\":\"").getBytes(UTF_8);
    }

    /// The event that names the role, which comes before the first token.
    byte[] role() {
        return (chunkStart + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n")
                .getBytes(UTF_8);
    }

    /// The event with tokens `from` (counted from 0) to `from + count - 1` of the answer.
    ByteBuf tokens(ByteBufAllocator allocator, int from, int count) {
        ByteBuf event = allocator.buffer(tokenStart.length + count * Words.BYTES + EVENT_END.length);
        event.writeBytes(tokenStart);
        for (int i = from; i < from + count; i++) {
            event.writeBytes(Words.bytes(i));
        }
        return event.writeBytes(EVENT_END);
    }

    /// The events after the last token: the finish reason, the usage where asked for, and the end mark.
    byte[] ending(EngineResult result, boolean withUsage) {
        var events = new StringBuilder(chunkStart)
                .append("{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n");
        if (withUsage) {
            events.append(chunkStart).append("],").append(usage(result)).append("}\n\n");
        }
        return events.append(DONE).toString().getBytes(UTF_8);
    }

    /// The event that tells of an error after the stream has begun.
    static byte[] error(ApiError error) {
        return ("data: " + new String(error.json(), UTF_8) + "\n\n").getBytes(UTF_8);
    }

    /// The whole answer as one object.
    byte[] whole(EngineResult result) {
        var content = new StringBuilder(result.outputTokens() * Words.BYTES);
        for (int i = 0; i < result.outputTokens(); i++) {
            content.append(Words.text(i));
        }
        return ("{\"id\":" + id + ",\"object\":\"chat.completion\",\"created\":" + createdSeconds + ",\"model\":" + model
                        + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                        + "\"},\"finish_reason\":\"length\"}]," + usage(result) + "}")
                .getBytes(UTF_8);
    }

    private static String usage(EngineResult result) {
        return "\"usage\":{\"prompt_tokens\":" + result.promptTokens() + ",\"completion_tokens\":"
                + result.outputTokens() + ",\"total_tokens\":" + ((long) result.promptTokens() + result.outputTokens())
                + ",\"prompt_tokens_details\":{\"cached_tokens\":" + result.cachedPromptTokens() + "}}";
    }
}
