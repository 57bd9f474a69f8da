package io.sagebench.live.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import org.jspecify.annotations.Nullable;

/// One connection and the request it carries. Reused for request after request; all its methods run on its event loop.
final class Connection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
    private final ClientLoop loop;
    private final boolean tls;
    private final ResponseReader reader;
    private @Nullable Channel channel;
    private @Nullable Exchange exchange;
    private boolean connected;
    private boolean ready;
    private int idlePlace = -1;

    /// @param loop  its event loop
    /// @param tls   whether it is ready only after a TLS handshake
    /// @param first the request it is made for
    Connection(ClientLoop loop, boolean tls, Exchange first) {
        this.loop = loop;
        this.tls = tls;
        reader = new ResponseReader(loop.keepsTexts());
        exchange = first;
    }

    /// Its place among the idle connections; -1 when it is busy.
    int idlePlace() {
        return idlePlace;
    }

    void idleAt(int place) {
        idlePlace = place;
    }

    boolean isUsable() {
        Channel open = channel;
        return open != null && open.isActive();
    }

    /// The channel is being connected.
    void opening(Channel newChannel) {
        channel = newChannel;
    }

    /// Carries `next` from now on.
    void carry(Exchange next) {
        exchange = next;
        next.on(this);
        send(next);
    }

    /// Ends what it carries with `fallback`, unless the answer settles the outcome already, and closes.
    void giveUp(Outcome fallback) {
        reader.endWith(fallback);
        endExchange();
        close();
    }

    void close() {
        if (channel != null) {
            var _ = channel.close();
        }
    }

    /// Another address is tried for the same request: this attempt is over.
    void abandon() {
        exchange = null;
        close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = true;
        if (!tls) {
            becomeReady();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                becomeReady();
            } else if (connected) { // else the connect itself failed, which is told elsewhere
                failed(handshake.cause());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        long readAtNanos = loop.nowNanos(); // before anything else: this is when content counts as having come
        var bytes = (ByteBuf) message;
        Exchange current = exchange;
        if (current == null) {
            bytes.release();
            close(); // bytes that answer nothing
            return;
        }
        int count = bytes.readableBytes();
        byte[] window = loop.window(count);
        bytes.readBytes(window, 0, count);
        bytes.release();
        current.waitsFor(TimeoutPhase.IDLE, readAtNanos);
        boolean allRead = reader.read(window, 0, count, readAtNanos);
        if (reader.outcome() == null) {
            return;
        }
        boolean usable = allRead && reader.leavesConnectionUsable() && current.sentAtNanos().isPresent();
        endExchange();
        if (usable) {
            loop.idle(this);
        } else {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.closed(this);
        if (exchange != null) {
            reader.connectionEnded(loop.nowNanos(), ready ? "closed by the server" : "closed by the server before it was ready");
            endExchange();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(cause);
    }

    /// A write of a request that took more than one call has ended.
    @Override
    public void operationComplete(ChannelFuture write) {
        Exchange current = exchange;
        if (current == null) {
            return; // the server answered before it had read everything
        }
        if (write.isSuccess()) {
            current.sentAt(loop.nowNanos());
        } else {
            failed(write.cause());
        }
    }

    private void becomeReady() {
        ready = true;
        Exchange current = exchange;
        if (current == null) {
            close(); // the request has ended while it was being connected
        } else {
            send(current);
        }
    }

    private void send(Exchange current) {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("sending before the connection was opened");
        }
        reader.begin(current.planned().form().textTokens().size());
        current.waitsFor(TimeoutPhase.FIRST_BYTE, loop.nowNanos());
        ByteBuf bytes = loop.bytesOf(current, open.alloc());
        long writingAtNanos = loop.nowNanos();
        ChannelFuture write = open.writeAndFlush(bytes);
        if (write.isSuccess()) {
            // One call took all of it. Its beginning is when the kernel got them: what follows inside the call, on loopback even the server's turn,
            // is on the server's side already.
            current.sentAt(writingAtNanos);
        } else {
            write.addListener(this);
        }
    }

    private void failed(@Nullable Throwable cause) {
        if (cause != null && FailureText.isBug(cause)) {
            loop.broken(cause);
        }
        if (exchange != null) {
            loop.countLocal(cause);
            reader.connectionEnded(loop.nowNanos(), FailureText.of(cause));
            endExchange();
        }
        close();
    }

    private void endExchange() {
        Exchange current = exchange;
        exchange = null;
        if (current == null) {
            return;
        }
        loop.end(current, reader.answer());
    }
}
