package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The answer to one request of a control plane, whoever writes it: an engine that relays bytes, or a [MadeAnswer]. Belongs to the connection's event
/// loop.
final class GatewayAnswer implements Relay {
    static final String EVENT_STREAM = "text/event-stream";

    private final GatewayRequest request;
    private final HttpCall call;
    private final Supplier<Map<String, String>> servedBy;
    private boolean hasEvents;

    /// @param servedBy headers that tell who answers and why; asked when the head is sent
    GatewayAnswer(GatewayRequest request, HttpCall call, Supplier<Map<String, String>> servedBy) {
        this.request = request;
        this.call = call;
        this.servedBy = servedBy;
    }

    Response response() {
        return call.response();
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

    /// Sends a whole answer.
    void reply(Reply reply) {
        Map<String, String> headers = headers();
        headers.putAll(reply.headers());
        call.response().reply(new Reply(reply.status(), headers, reply.body()));
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

    private Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Request-ID", request.id().value());
        headers.putAll(servedBy.get());
        return headers;
    }
}
