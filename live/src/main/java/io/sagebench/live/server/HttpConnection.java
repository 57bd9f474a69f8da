package io.sagebench.live.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a client: answers pipelined requests one after the other, in order. Keeps reading while it answers, since that is how it learns
/// that the client has left. Belongs to its event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel, which is heard of as such
final class HttpConnection extends ChannelInboundHandlerAdapter implements Patience.Ending {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int MAX_PIPELINED = 16;
    // A body that nobody wants is read on for this long: closing at once would reset the connection under our answer.
    private static final long LINGER_MILLIS = 1_000;
    private static final byte[] NO_BODY = {};

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(HttpRequest head, byte[] body, Route route) {}

    private final HttpListener listener;
    private final ConnectionLimits limits;
    private final Patience patience;
    private @Nullable ChannelHandlerContext context;
    private final IncomingRequest incoming;
    private final Queue<Arrived> waiting = new ArrayDeque<>();
    private @Nullable Response answering;
    private boolean starting;
    private boolean continueOwed;
    private boolean discarding;
    private boolean closing;

    HttpConnection(HttpListener listener, ConnectionLimits limits) {
        this.listener = listener;
        this.limits = limits;
        this.patience = new Patience(limits, this);
        this.incoming = new IncomingRequest(limits);
    }

    /// Watches the bytes that come in; goes before the codec.
    Patience patience() {
        return patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /// The requests before it are answered first.
    @Override
    public void requestTooSlow() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || closing || discarding) {
            return;
        }
        HttpRequest begun = incoming.head();
        HttpRequest head = begun == null ? new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/") : begun;
        refuse(ctx, head, tooSlow(), head);
    }

    @Override
    public void abandoned() {
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpRequest head) {
                begin(ctx, head);
            }
            if (message instanceof HttpContent content) {
                take(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readIfThereIsRoom(ctx);
        patience.takes(ctx.channel().isWritable());
        if (ctx.channel().isWritable() && answering != null) {
            answering.writableAgain();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        waiting.clear();
        Response left = answering;
        if (left != null) {
            answering = null;
            left.gone();
            listener.callEnded();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) { // its message may quote what came: of a plain request to a TLS port, all of it
            Throwable what = cause.getCause() == null ? cause : cause.getCause();
            LOG.debug("{} sends what cannot be read: {}", ctx.channel().remoteAddress(), what.getClass().getSimpleName());
        } else if (cause instanceof IOException) {
            LOG.debug("{} broke off", ctx.channel().remoteAddress(), cause); // a client that leaves is ordinary
        } else {
            LOG.error("closing the connection of {} after a fault of this server", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        if (discarding || closing) {
            return;
        }
        Optional<ApiError> problem = incoming.begin(head);
        if (problem.isPresent()) {
            refuse(ctx, head, problem.get(), head);
            return;
        }
        continueOwed = HttpUtil.is100ContinueExpected(head);
        sendContinueIfFree(ctx);
    }

    private void take(ChannelHandlerContext ctx, HttpContent content) {
        HttpRequest head = incoming.head();
        if (head == null) {
            if (discarding && closing && content instanceof LastHttpContent) {
                ctx.close();
            }
            return;
        }
        continueOwed &= !content.content().isReadable(); // it did not wait
        Optional<ApiError> problem = incoming.add(content);
        if (problem.isPresent()) {
            refuse(ctx, head, problem.get(), content);
            return;
        }
        if (content instanceof LastHttpContent) {
            patience.received();
            waiting.add(new Arrived(head, incoming.takeBody(), listener.routes()::handle));
            startNext(ctx);
        }
    }

    /// Answers with an error, after the requests before, and then closes: where the next request begins is unknown or too far off.
    private void refuse(ChannelHandlerContext ctx, HttpRequest head, ApiError error, HttpObject latest) {
        incoming.drop();
        continueOwed = false;
        discarding = !(latest instanceof LastHttpContent);
        waiting.add(new Arrived(head, NO_BODY, call -> {
            call.response().closeAfterwards();
            call.response().reply(error.toReply());
        }));
        startNext(ctx);
    }

    private void startNext(ChannelHandlerContext ctx) {
        if (starting) {
            return; // the loop below goes on: many pipelined requests must not nest
        }
        starting = true;
        while (answering == null && !closing) {
            Arrived next = waiting.poll();
            if (next == null) {
                break;
            }
            start(ctx, next);
        }
        starting = false;
        readIfThereIsRoom(ctx);
        sendContinueIfFree(ctx);
    }

    private void start(ChannelHandlerContext ctx, Arrived next) {
        HttpRequest head = next.head();
        var response = new Response(
                ctx.channel(),
                head.protocolVersion().isKeepAliveDefault(),
                HttpUtil.isKeepAlive(head),
                limits.maxPendingBytes(),
                () -> answered(ctx));
        answering = response;
        patience.answering();
        listener.callStarted();
        if (listener.isStopping()) {
            response.closeAfterwards();
            response.reply(ApiError.stopping().toReply());
            return;
        }
        try {
            handle(ctx, next, response);
        } catch (RuntimeException fault) {
            response.fault(fault);
        }
    }

    private static void handle(ChannelHandlerContext ctx, Arrived next, Response response) {
        HttpRequest head = next.head();
        String uri = head.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        var peer = (InetSocketAddress) ctx.channel().remoteAddress();
        next.route()
                .handle(new HttpCall(
                        head.method(),
                        path,
                        query,
                        head.headers(),
                        next.body(),
                        peer,
                        Optional.empty(),
                        ctx.channel().eventLoop(),
                        response));
    }

    private void answered(ChannelHandlerContext ctx) {
        Response done = answering;
        if (done == null) {
            return;
        }
        answering = null;
        patience.answered();
        listener.callEnded();
        if (done.keepsAlive()) {
            startNext(ctx);
            return;
        }
        closing = true;
        if (discarding) {
            ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// A client that asks on without reading the answers must wait. That it leaves then shows when the next write fails.
    private void readIfThereIsRoom(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(waiting.size() < MAX_PIPELINED && ctx.channel().isWritable());
    }

    private void sendContinueIfFree(ChannelHandlerContext ctx) {
        if (continueOwed && answering == null && waiting.isEmpty()) {
            continueOwed = false;
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private ApiError tooSlow() {
        return ApiError.of(
                408, "request_timeout", "the request did not arrive within " + limits.requestTimeout().toMillis() + " ms");
    }
}
