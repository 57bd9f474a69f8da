package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import io.sagebench.live.server.ChatRequest.Delivery;
import io.sagebench.live.server.metrics.FinishReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes the answer to one chat request: as events of a stream, as one object, or as bytes that an engine relays. The head goes out with the
/// first token, as vLLM does it, so that whatever goes wrong before has an HTTP status of its own. Belongs to the connection's event loop.
final class ChatAnswer implements Relay {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final byte[] NOTHING = {};

    private final ChatRequest request;
    private final HttpCall call;
    private final AnswerEncoding encoding;
    private final Supplier<Map<String, String>> servedBy;
    private boolean hasEvents;
    private int tokensSent;

    /// @param servedBy headers that tell who answers and why; asked when the head is sent
    ChatAnswer(ChatRequest request, HttpCall call, AnswerEncoding encoding, Supplier<Map<String, String>> servedBy) {
        this.request = request;
        this.call = call;
        this.encoding = encoding;
        this.servedBy = servedBy;
    }

    /// Drives the connection.
    EventLoop loop() {
        return call.loop();
    }

    /// Sends the next tokens of a stream, as one event.
    void tokens(int count) {
        if (call.response().isOver()) {
            return;
        }
        beginStream();
        write(encoding.tokens(call.response().allocator(), 0, AnswerText.WORDS, tokensSent, count));
        tokensSent += count;
        flush();
    }

    /// Sends what remains of a good answer.
    void finish(EngineResult result) {
        if (request.delivery() == Delivery.WHOLE) {
            var choice = new AnswerEncoding.Choice(AnswerText.WORDS.first(result.outputTokens()), FinishReason.LENGTH);
            reply(Reply.json(200, encoding.whole(List.of(choice), Usage.of(result))));
            return;
        }
        beginStream();
        byte[] usage = request.delivery() == Delivery.STREAM_WITH_USAGE ? encoding.usage(Usage.of(result)) : NOTHING;
        write(Unpooled.wrappedBuffer(
                encoding.ending(0, FinishReason.LENGTH, Optional.empty()), usage, AnswerEncoding.done()));
        end();
    }

    /// Says that there is no answer, or no more of it: with an HTTP status while nothing was sent, else as an event of the stream.
    void fail(ApiError error) {
        if (!call.response().hasBegun()) {
            reply(error.toReply());
        } else if (hasEvents) {
            write(Unpooled.wrappedBuffer(AnswerEncoding.error(error)));
            call.response().endAndClose();
        } else {
            call.response().cutShort();
        }
    }

    /// Says that the engine gives no answer, or no more of it: as for an engine behind HTTP, whose broken connection is not the client's, and whose
    /// stream that ends early is passed on.
    void fail(EngineFailure failure) {
        boolean passesOn = failure.kind() == EngineFailure.Kind.CUT_SHORT && request.delivery() != Delivery.WHOLE;
        if (passesOn) {
            beginStream();
            call.response().endAndClose();
        } else {
            fail(ApiError.of(failure));
        }
    }

    @Override
    public void begin(String contentType) {
        hasEvents = contentType.startsWith(EVENT_STREAM);
        Map<String, String> headers = headers();
        headers.put(Reply.CONTENT_TYPE, contentType);
        if (hasEvents) {
            headers.put("Cache-Control", "no-cache");
        }
        call.response().begin(200, headers);
    }

    @Override
    public void write(ByteBuf part) {
        call.response().write(part);
    }

    @Override
    public void flush() {
        call.response().flush();
    }

    @Override
    public void end() {
        call.response().end();
    }

    @Override
    public boolean isWritable() {
        return call.response().isWritable();
    }

    @Override
    public void whenWritable(Runnable action) {
        call.response().whenWritable(action);
    }

    private void beginStream() {
        if (!call.response().hasBegun()) {
            begin(EVENT_STREAM + "; charset=utf-8");
            write(Unpooled.wrappedBuffer(encoding.opening(0, Optional.empty())));
        }
    }

    private void reply(Reply reply) {
        Map<String, String> headers = headers();
        headers.putAll(reply.headers());
        call.response().reply(new Reply(reply.status(), headers, reply.body()));
    }

    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Request-ID", request.id().value());
        headers.putAll(servedBy.get());
        return headers;
    }
}
