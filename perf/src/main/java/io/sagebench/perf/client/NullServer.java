package io.sagebench.perf.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.sagebench.live.net.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that streams `max_tokens` tokens to each request, every `X-Gap-Micros` microseconds exactly or, without that header, as often as the
/// argument of the program says; or, without both, one after the other as fast as it can, taking turns among its streams. With `X-Log` it remembers when it wrote each token; `GET /log` returns and
/// clears that. `GET /v1/models` and `GET /health` are answered as a gateway wants them to be.
///
/// One event loop. Prints its port on one line.
public final class NullServer {
    private static final Pattern TOKENS = Pattern.compile("\"max_tokens\":(\\d+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern GAP = Pattern.compile("(?i)x-gap-micros: *(\\d+)");
    private static final Pattern ID = Pattern.compile("(?i)x-request-id: *(\\S+)");

    private final List<String> log = new ArrayList<>();
    private final ByteBuf head = StreamBytes.head();
    private final ByteBuf token = StreamBytes.token();
    private final Map<Integer, ByteBuf> trailers = new HashMap<>();

    private final int usualGapMicros;

    private NullServer(int usualGapMicros) {
        this.usualGapMicros = usualGapMicros;
    }

    /// Runs until it is killed.
    public static void main(String[] arguments) throws InterruptedException {
        var server = new NullServer(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
        Transport transport = Transport.best();
        var group = transport.newEventLoopGroup(1, "null-server");
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(transport.serverSocketChannel())
                .option(ChannelOption.SO_BACKLOG, 16_384)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(server.new Stream(channel));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
        listening.closeFuture().sync();
    }

    /// One connection: a request at a time. Runs itself for each token.
    private final class Stream extends ChannelInboundHandlerAdapter implements Runnable {
        private final StringBuilder request = new StringBuilder();
        private final StringBuilder stamps = new StringBuilder();
        private final Channel channel;
        private String id = "";
        private int tokens;
        private int written;
        private long gapNanos;
        private long nextNanos;
        private boolean logged;

        Stream(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var bytes = (ByteBuf) message;
            request.append(bytes.toString(US_ASCII));
            bytes.release();
            int headEnd = request.indexOf("\r\n\r\n");
            if (headEnd < 0 || request.length() < headEnd + 4 + number(LENGTH, 0)) {
                return;
            }
            if (request.indexOf("GET /log") == 0) {
                sendLog();
            } else if (request.indexOf("GET ") == 0) {
                send("{\"object\":\"list\",\"data\":[{\"id\":\"default\",\"object\":\"model\"}]}");
            } else {
                begin();
            }
            request.setLength(0);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close(); // the client went away
        }

        @Override
        public void run() {
            if (!channel.isActive()) {
                return;
            }
            if (written == tokens) {
                var _ = channel.writeAndFlush(
                        trailers.computeIfAbsent(tokens, StreamBytes::trailer).duplicate());
                end();
                return;
            }
            written++;
            if (logged) {
                stamps.append(' ').append(System.nanoTime());
            }
            var _ = channel.writeAndFlush(token.duplicate());
            if (gapNanos == 0 || written == tokens) {
                channel.eventLoop().execute(this);
            } else {
                nextNanos += gapNanos; // counted from the first token, so that lateness does not add up
                var _ = channel.eventLoop()
                        .schedule(this, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }

        private void begin() {
            tokens = number(TOKENS, 1);
            gapNanos = number(GAP, usualGapMicros) * 1_000L;
            logged = request.indexOf("X-Log") > 0;
            Matcher named = ID.matcher(request);
            id = named.find() ? named.group(1) : "";
            written = 0;
            stamps.setLength(0);
            var _ = channel.write(head.duplicate());
            nextNanos = System.nanoTime();
            run();
        }

        private void end() {
            if (logged) {
                log.add(id + stamps);
            }
        }

        private void sendLog() {
            String lines = String.join("\n", log);
            log.clear();
            send(lines);
        }

        private void send(String text) {
            byte[] lines = text.getBytes(US_ASCII);
            String responseHead = "HTTP/1.1 200 OK\r\nContent-Length: " + lines.length + "\r\n\r\n";
            var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(responseHead.getBytes(US_ASCII), lines));
        }

        private int number(Pattern pattern, int otherwise) {
            Matcher matcher = pattern.matcher(request);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
        }
    }
}
