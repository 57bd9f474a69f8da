package io.sagebench.live.engine;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.sagebench.live.net.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// The connections to one server: on each event loop as many as its calls need at a time, the newest idle one used first. Safe for use by any
/// thread.
final class UpstreamConnections implements AutoCloseable {
    private static final int READ_BYTES = 64 << 10;

    private final UpstreamAddress address;
    private final SSLContext tls;
    private final int connectTimeoutMillis;
    private final Map<EventLoop, OnLoop> byLoop = new ConcurrentHashMap<>();
    private volatile boolean closed;

    UpstreamConnections(UpstreamAddress address, SSLContext tls, Duration connectTimeout) {
        this.address = address;
        this.tls = tls;
        this.connectTimeoutMillis = Math.toIntExact(connectTimeout.toMillis());
    }

    /// The connections that `loop` drives.
    OnLoop on(EventLoop loop) {
        return byLoop.computeIfAbsent(loop, OnLoop::new);
    }

    /// Closes the idle connections now and the others when their calls end.
    @Override
    public void close() {
        closed = true;
        byLoop.forEach((loop, connections) -> {
            try {
                loop.execute(connections::closeIdle);
            } catch (RejectedExecutionException _) {
                // that loop has closed its connections itself
            }
        });
    }

    /// The connections of one event loop, which all of this belongs to.
    final class OnLoop {
        private final EventLoop loop;
        private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
        private final byte[] scratch = new byte[READ_BYTES];

        private OnLoop(EventLoop loop) {
            this.loop = loop;
        }

        /// Bytes for whoever runs on the loop right now.
        byte[] scratch() {
            return scratch;
        }

        /// An idle connection, if there is one that stands.
        Optional<UpstreamConnection> takeIdle() {
            UpstreamConnection connection = idle.pollLast();
            while (connection != null && !connection.isOpen()) {
                connection = idle.pollLast();
            }
            return Optional.ofNullable(connection);
        }

        /// Makes a new connection; one of the two is called later.
        void connect(Consumer<UpstreamConnection> connected, Consumer<Throwable> failed) {
            ChannelFuture connecting = new Bootstrap()
                    .group(loop)
                    .channel(Transport.best().socketChannel())
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            initialize(channel);
                        }
                    })
                    .connect(address.socket());
            connecting.addListener(_ -> {
                if (connecting.isSuccess()) {
                    connected.accept(connecting.channel().pipeline().get(UpstreamConnection.class));
                } else {
                    failed.accept(connecting.cause());
                }
            });
        }

        /// A call on it has ended well; it waits for the next.
        void keep(UpstreamConnection connection) {
            if (closed) {
                connection.close();
            } else {
                connection.read(true); // so that it hears when the server closes it
                idle.addLast(connection);
            }
        }

        /// It has closed.
        void forget(UpstreamConnection connection) {
            idle.remove(connection);
        }

        private void closeIdle() {
            while (!idle.isEmpty()) {
                idle.removeLast().close();
            }
        }

        private void initialize(Channel channel) {
            if (address.tls()) {
                channel.pipeline().addLast(new SslHandler(newTlsEngine()));
            }
            channel.pipeline()
                    .addLast(new HttpClientCodec(new HttpDecoderConfig().setMaxChunkSize(READ_BYTES), false, false))
                    .addLast(new UpstreamConnection(channel, this));
        }

        private SSLEngine newTlsEngine() {
            SSLEngine engine = tls.createSSLEngine(address.url().getHost(), address.socket().getPort());
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be the host's
            engine.setSSLParameters(parameters);
            return engine;
        }
    }
}
