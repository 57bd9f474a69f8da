package io.sagebench.perf.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.sagebench.live.net.Transport;
import java.util.concurrent.atomic.LongAdder;

/// The baseline: Netty alone on one event loop, which reads the same bytes and only counts them. Each connection sends its next request
/// when the bytes of a whole response have come.
final class BareClient {
    private final Settings settings;
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final ByteBuf request;

    BareClient(Settings settings) {
        this.settings = settings;
        String body = "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "the ".repeat(32)
                + "\"}],\"max_tokens\":" + settings.tokens() + ",\"stream\":true}";
        byte[] bytes = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Gap-Micros: " + settings.gapMicros()
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
        request = Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    /// Opens the connections and keeps them busy for ever.
    void start() throws InterruptedException {
        Transport transport = Transport.best();
        var bootstrap = new Bootstrap()
                .group(transport.newEventLoopGroup(1, "bare-client"))
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Counting());
                    }
                });
        for (int i = 0; i < settings.streams(); i++) {
            bootstrap.connect("127.0.0.1", settings.port()).sync();
        }
    }

    /// Token events so far, told from the bytes.
    double events() {
        return (double) bytesRead.sum() / StreamBytes.responseBytes(settings.tokens()) * settings.tokens();
    }

    /// Socket reads so far.
    long reads() {
        return reads.sum();
    }

    private final class Counting extends ChannelInboundHandlerAdapter {
        private final int responseBytes = StreamBytes.responseBytes(settings.tokens());
        private int read;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var _ = context.writeAndFlush(request.duplicate());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var bytes = (ByteBuf) message;
            int count = bytes.readableBytes();
            bytes.release();
            bytesRead.add(count);
            reads.increment();
            read += count;
            if (read == responseBytes) {
                read = 0;
                var _ = context.writeAndFlush(request.duplicate());
            }
        }
    }
}
