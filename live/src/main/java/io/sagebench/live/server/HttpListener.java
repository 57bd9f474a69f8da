package io.sagebench.live.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sagebench.live.net.SocketTrouble;
import io.sagebench.live.net.Transport;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A listening socket, its connections and their event loops. Safe for use by any thread.
final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int READ_BYTES = 64 << 10;
    private static final int MAX_LINE_BYTES = 4_096;
    private static final String FULL =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n";

    private final Routes routes;
    private final Duration drainLimit;
    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;
    private final Object idle = new Object();
    private int running;
    private volatile boolean stopping;

    /// Listens, once it returns.
    ///
    /// @param name begins the names of the threads
    /// @throws BindException when the address is taken or is not ours; the message says what to do
    HttpListener(String name, ServerSettings settings, Routes routes) throws BindException {
        this.routes = routes;
        this.drainLimit = settings.drainLimit();
        var transport = Transport.best();
        loops = transport.newEventLoopGroup(settings.ioThreads(), name);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverSocketChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, settings);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        listening = bound.channel();
        if (!bound.isSuccess()) {
            shutDownLoops();
            throw cannotListen(settings, bound.cause());
        }
    }

    private void accept(SocketChannel channel, ServerSettings settings) {
        ConnectionLimits limits = settings.limits();
        settings.identity().ifPresent(tls -> channel.pipeline().addLast(tls.newHandler(channel.alloc())));
        if (connections.size() >= limits.maxConnections()) {
            channel.writeAndFlush(Unpooled.copiedBuffer(FULL, StandardCharsets.US_ASCII)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        connections.add(channel);
        var connection = new HttpConnection(this, limits);
        channel.pipeline()
                .addLast(connection.patience())
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(Math.min(MAX_LINE_BYTES, limits.maxHeaderBytes()))
                        .setMaxHeaderSize(limits.maxHeaderBytes())
                        .setMaxChunkSize(READ_BYTES)))
                .addLast(connection);
    }

    /// The port it listens on.
    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /// What it answers.
    Routes routes() {
        return routes;
    }

    /// Whether new requests are refused.
    boolean isStopping() {
        return stopping;
    }

    /// A connection says: a request begins to be answered.
    void callStarted() {
        synchronized (idle) {
            running++;
        }
    }

    /// A connection says: the answer has ended, or its client has left.
    void callEnded() {
        synchronized (idle) {
            running--;
            idle.notifyAll();
        }
    }

    /// Refuses new work, lets running answers go on up to the drain limit, then closes all connections. Blocks; not for the timeline or an event
    /// loop. Harmless when called again.
    @Override
    public void close() {
        closeWithin(drainLimit);
    }

    /// The same with another limit.
    void closeWithin(Duration limit) {
        stopping = true;
        listening.close().awaitUninterruptibly();
        long untilNanoTime = System.nanoTime() + limit.toNanos();
        awaitIdle(untilNanoTime);
        long remainingNanos = untilNanoTime - System.nanoTime();
        if (remainingNanos > 0) {
            for (Channel connection : connections) { // the last answers may still be on their way out
                connection.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
            connections.newCloseFuture().awaitUninterruptibly(remainingNanos, TimeUnit.NANOSECONDS);
        }
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        shutDownLoops();
    }

    private void awaitIdle(long untilNanoTime) {
        synchronized (idle) {
            while (running > 0) {
                long remainingNanos = untilNanoTime - System.nanoTime();
                if (remainingNanos <= 0) {
                    return;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(idle, remainingNanos);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt(); // asked to hurry: close without draining
                    return;
                }
            }
        }
    }

    private static BindException cannotListen(ServerSettings settings, Throwable cause) {
        String reason = cause instanceof UnresolvedAddressException
                ? "there is no such host"
                : SocketTrouble.reason(cause);
        var problem = new BindException(
                reason.contains("in use")
                        ? "port " + settings.port() + " on " + settings.host()
                                + " is taken: stop the program that listens there, or choose another port"
                        : "cannot listen on port " + settings.port() + " of " + settings.host() + " (" + reason
                                + "): choose another port or address");
        problem.initCause(cause);
        return problem;
    }

    private void shutDownLoops() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
