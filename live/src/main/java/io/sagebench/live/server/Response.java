package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The response to one request: begun at most once, ended at most once. What comes after its end, or after its client left, is dropped, because
/// those who write cannot know yet. Belongs to the connection's event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which tells the connection
final class Response {
    private enum State {
        FRESH,
        BEGUN,
        OVER
    }

    private static final Logger LOG = LoggerFactory.getLogger(Response.class);

    private final Channel channel;
    private final boolean chunked;
    private final int maxPendingBytes;
    private final Runnable onOver;
    private boolean keepAlive;
    private State state = State.FRESH;
    private Runnable whenGone = () -> {};
    private Runnable whenWritable = () -> {};

    /// @param channel   where it goes
    /// @param chunked   whether the client understands chunks; otherwise a body of unknown length ends with the connection
    /// @param keepAlive whether the client wants the connection to stay
    /// @param maxPendingBytes of the answer that may wait for its client; one further behind is cut off
    /// @param onOver    called once when it has ended, but not when the client left before
    Response(Channel channel, boolean chunked, boolean keepAlive, int maxPendingBytes, Runnable onOver) {
        this.channel = channel;
        this.chunked = chunked;
        this.keepAlive = keepAlive;
        this.maxPendingBytes = maxPendingBytes;
        this.onOver = onOver;
    }

    /// Sends a whole response.
    void reply(Reply reply) {
        if (state != State.FRESH) {
            return;
        }
        var message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        message.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        setHead(message, reply.headers());
        channel.writeAndFlush(message, channel.voidPromise());
        over();
    }

    /// Sends the head of a response whose length is not known. Not flushed.
    void begin(int status, Map<String, String> headers) {
        if (state != State.FRESH) {
            return;
        }
        state = State.BEGUN;
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        if (chunked) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else {
            keepAlive = false;
        }
        setHead(head, headers);
        channel.write(head, channel.voidPromise());
    }

    /// Sends a part of the body, and releases it. Not flushed.
    void write(ByteBuf part) {
        if (state != State.BEGUN) {
            part.release();
            return;
        }
        channel.write(new DefaultHttpContent(part), channel.voidPromise());
        if (channel.isOpen() && !channel.isWritable() && channel.bytesBeforeWritable() > maxPendingBytes) {
            LOG.warn("cutting off {}, which has fallen {} bytes behind its answer", channel.remoteAddress(), channel.bytesBeforeWritable());
            reset();
        }
    }

    /// Gives up on it after a fault of this server: with 500 while nothing was sent, else by closing the connection. Says so in the log.
    void fault(Throwable cause) {
        LOG.error("giving up on an answer to {} after a fault of this server", channel.remoteAddress(), cause);
        if (state == State.FRESH) {
            whenGone.run();
            reply(ApiError.of(500, "server_fault", "this server failed to answer; its log says why").toReply());
        } else {
            gone();
            channel.close();
        }
    }

    /// Drives the connection.
    EventLoop loop() {
        return channel.eventLoop();
    }

    /// Where the buffers of parts come from.
    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /// Hands what was written to the kernel.
    void flush() {
        channel.flush();
    }

    /// Ends the body.
    void end() {
        if (state == State.BEGUN) {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
            over();
        }
    }

    /// Ends the body, and the connection with it: the answer is not complete.
    void endAndClose() {
        keepAlive = false;
        end();
    }

    /// Closes the connection without an end of the body, once what was written is on its way, so that the client sees that it is cut short.
    void cutShort() {
        if (state != State.OVER) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// Resets the connection, as a server that crashes does.
    void reset() {
        if (state != State.OVER && channel.isOpen()) { // of a closed one no option can be set
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    /// Closes the connection when the response has ended.
    void closeAfterwards() {
        keepAlive = false;
    }

    /// Whether the head was sent.
    boolean hasBegun() {
        return state != State.FRESH;
    }

    /// Whether nothing that is written will be sent any more.
    boolean isOver() {
        return state == State.OVER;
    }

    /// Whether the connection is for further requests once this has ended.
    boolean keepsAlive() {
        return keepAlive;
    }

    /// Whether the client takes what is written as fast as it comes. When not, who can wait should.
    boolean isWritable() {
        return channel.isWritable();
    }

    /// Has `action` called when the client leaves before the end.
    void whenGone(Runnable action) {
        whenGone = action;
    }

    /// Has `action` called each time [#isWritable] turns true.
    void whenWritable(Runnable action) {
        whenWritable = action;
    }

    /// The connection says: the client has left.
    void gone() {
        if (state != State.OVER) {
            state = State.OVER;
            whenGone.run();
        }
    }

    /// The connection says: the client has caught up.
    void writableAgain() {
        if (state != State.OVER) {
            whenWritable.run();
        }
    }

    private void over() {
        state = State.OVER;
        onOver.run();
    }

    private void setHead(HttpMessage message, Map<String, String> headers) {
        headers.forEach((name, value) -> message.headers().set(name, value));
        if (!keepAlive) {
            message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
