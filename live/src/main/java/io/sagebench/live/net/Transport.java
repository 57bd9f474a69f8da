package io.sagebench.live.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The way sockets are driven on this machine. Constants are safe for use by any thread.
public enum Transport {
    /// Linux, with the native library: the lowest cost an event and the earliest stamps.
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class),
    /// Everywhere else.
    NIO(NioSocketChannel.class, NioServerSocketChannel.class);

    private final Class<? extends SocketChannel> socketChannel;
    private final Class<? extends ServerSocketChannel> serverSocketChannel;

    Transport(
            Class<? extends SocketChannel> socketChannel, Class<? extends ServerSocketChannel> serverSocketChannel) {
        this.socketChannel = socketChannel;
        this.serverSocketChannel = serverSocketChannel;
    }

    /// The best that works here.
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /// Event loops on daemon threads called `name-1-1`, `name-1-2` and so on; the caller shuts them down.
    public EventLoopGroup newEventLoopGroup(int threads, String name) {
        var factory = switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), factory);
    }

    /// The channel class of a client's sockets.
    public Class<? extends SocketChannel> socketChannel() {
        return socketChannel;
    }

    /// The channel class of a server's listening socket.
    public Class<? extends ServerSocketChannel> serverSocketChannel() {
        return serverSocketChannel;
    }
}
