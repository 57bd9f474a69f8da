package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.sagebench.live.server.metrics.FinishReason;
import io.sagebench.request.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The JSON of one answer, as events of a stream or as one object. What all its events share is encoded once; a token then costs three copies of
/// bytes.
final class AnswerEncoding {
    private static final byte[] EVENT_END = "}\n\n".getBytes(UTF_8);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(UTF_8);

    private final ApiShape shape;
    private final String head;
    private final String eventStart;
    private final byte[] tokenEnd;
    private final List<byte[]> tokenStarts = new ArrayList<>();

    /// @param createdSeconds when the answer was created, in seconds since 1970
    /// @param choices        how many answers it holds, at least 1
    AnswerEncoding(ApiShape shape, RequestId id, String model, long createdSeconds, int choices) {
        this.shape = shape;
        String idJson = Json.quoted(shape.idStart + id);
        String facts = ",\"created\":" + createdSeconds + ",\"model\":" + Json.quoted(model) + ",\"choices\":[";
        head = "{\"id\":" + idJson + ",\"object\":\"" + shape.wholeObject + "\"" + facts;
        eventStart = "data: {\"id\":" + idJson + ",\"object\":\"" + shape.eventObject + "\"" + facts;
        tokenEnd = (shape.afterText + "null}]").getBytes(UTF_8);
        for (int i = 0; i < choices; i++) {
            tokenStarts.add((eventStart + index(i) + shape.eventText).getBytes(UTF_8));
        }
    }

    /// One answer of a whole response.
    ///
    /// @param text as it stands within a JSON string
    record Choice(String text, FinishReason reason) {}

    /// The event that comes before the first token of a choice; empty where there is none.
    ///
    /// @param soFar the usage, where each event has it
    byte[] opening(int index, Optional<Usage> soFar) {
        return shape.opening.isEmpty() ? new byte[0] : event(index(index) + shape.opening, soFar);
    }

    /// The event with a text that is no token of the answer.
    ///
    /// @param text as it stands within a JSON string
    byte[] text(int index, String text, Optional<Usage> soFar) {
        return event(index(index) + shape.eventText + text + shape.afterText + "null}", soFar);
    }

    /// The event with tokens `from` (counted from 0) to `from + count - 1` of a choice.
    ByteBuf tokens(ByteBufAllocator allocator, int index, AnswerText text, int from, int count) {
        return tokenPart(allocator, index, text, from, count).writeBytes(EVENT_END);
    }

    /// The same with the usage.
    ByteBuf tokens(ByteBufAllocator allocator, int index, AnswerText text, int from, int count, Usage soFar) {
        ByteBuf event = tokenPart(allocator, index, text, from, count).writeByte(',');
        ByteBufUtil.writeAscii(event, soFar.jsonSoFar());
        return event.writeBytes(EVENT_END);
    }

    /// The event after the last token of a choice.
    byte[] ending(int index, FinishReason reason, Optional<Usage> soFar) {
        return event(index(index) + shape.noText + "\"" + reason.wireName() + "\"}", soFar);
    }

    /// The event with the usage of a complete answer.
    byte[] usage(Usage usage) {
        return (eventStart + "]," + usage.json() + "}\n\n").getBytes(UTF_8);
    }

    /// The mark after the last event. Not to be changed.
    static byte[] done() {
        return DONE;
    }

    /// The event that tells of an error after the stream has begun.
    static byte[] error(ApiError error) {
        return ("data: " + new String(error.json(), UTF_8) + "\n\n").getBytes(UTF_8);
    }

    /// The whole answer as one object.
    byte[] whole(List<Choice> choices, Usage usage) {
        var json = new StringBuilder(head);
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            json.append(i == 0 ? "" : ",")
                    .append(index(i))
                    .append(shape.wholeText)
                    .append(choice.text())
                    .append(shape.afterText)
                    .append('"')
                    .append(choice.reason().wireName())
                    .append("\"}");
        }
        return json.append("],").append(usage.json()).append("}").toString().getBytes(UTF_8);
    }

    private ByteBuf tokenPart(ByteBufAllocator allocator, int index, AnswerText text, int from, int count) {
        byte[] tokenStart = tokenStarts.get(index);
        ByteBuf event =
                allocator.buffer(tokenStart.length + count * Words.BYTES + tokenEnd.length + EVENT_END.length);
        event.writeBytes(tokenStart);
        text.write(event, from, count);
        return event.writeBytes(tokenEnd);
    }

    private byte[] event(String choice, Optional<Usage> soFar) {
        String usage = soFar.map(known -> "," + known.jsonSoFar()).orElse("");
        return (eventStart + choice + "]" + usage + "}\n\n").getBytes(UTF_8);
    }

    private static String index(int index) {
        return "{\"index\":" + index;
    }
}
