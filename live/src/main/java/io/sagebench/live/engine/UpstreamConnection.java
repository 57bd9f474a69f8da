package io.sagebench.live.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One connection to a server. Answers one call at a time. Belongs to its event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard of as such
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    /// Hears of the answer to a call.
    interface Listener {
        /// The head has come.
        void head(HttpResponse head);

        /// A piece of the body has come; it is released afterwards.
        void piece(ByteBuf piece);

        /// All that was there for now has come.
        void pause();

        /// The answer is complete; the connection is free for the next call, or closed.
        void complete();

        /// The answer will not be completed.
        void broken(Throwable cause);
    }

    private final Channel channel;
    private final UpstreamConnections.OnLoop home;
    private @Nullable Listener listener;
    private boolean keepAlive;
    private boolean informational;
    private boolean used;

    UpstreamConnection(Channel channel, UpstreamConnections.OnLoop home) {
        this.channel = channel;
        this.home = home;
    }

    /// Sends a request; `answer` hears of what comes.
    void send(FullHttpRequest request, Listener answer) {
        listener = answer;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /// Whether it served a call before: then the server may have closed it meanwhile.
    boolean isUsed() {
        return used;
    }

    /// Whether it still stands.
    boolean isOpen() {
        return channel.isActive();
    }

    /// Stops or resumes reading, so that a client that is slow to take slows the server down.
    void read(boolean on) {
        channel.config().setAutoRead(on);
    }

    /// Closes it; the listener hears nothing more.
    void close() {
        listener = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse head) {
                head(head);
            }
            if (message instanceof HttpContent content) {
                content(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.pause();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        home.forget(this);
        broken(new java.io.IOException("the connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(cause);
        ctx.close();
    }

    private void head(HttpResponse head) {
        if (head.decoderResult().isFailure()) {
            broken(head.decoderResult().cause());
            channel.close();
            return;
        }
        informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        keepAlive = HttpUtil.isKeepAlive(head);
        if (!informational && listener != null) {
            listener.head(head);
        }
    }

    private void content(HttpContent content) {
        Listener answer = listener;
        if (answer == null || informational) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            broken(content.decoderResult().cause());
            channel.close();
            return;
        }
        if (content.content().isReadable()) {
            answer.piece(content.content());
        }
        if (content instanceof LastHttpContent && listener == answer) {
            listener = null;
            used = true;
            if (keepAlive) {
                home.keep(this);
            } else {
                channel.close();
            }
            answer.complete();
        }
    }

    private void broken(Throwable cause) {
        Listener answer = listener;
        listener = null;
        if (answer != null) {
            answer.broken(cause);
        }
    }
}
