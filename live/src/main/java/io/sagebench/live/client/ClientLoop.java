package io.sagebench.live.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.net.Transport;
import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// One event loop of the client, with its connections and the requests they carry. [#begin], [#cancelAll] and [#close] are called from
/// outside; all else runs on the loop.
final class ClientLoop {
    private static final int WINDOW_BYTES = 64 * 1024;

    private final ClientSetup setup;
    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final TimeLimits limits;
    private final RequestWriter writer;
    private final IdleConnections idle = new IdleConnections();
    private final InFlight inFlight = new InFlight();
    private byte[] window = new byte[WINDOW_BYTES];
    private int preferredAddress;
    private boolean closed;

    ClientLoop(EventLoop eventLoop, Transport transport, ClientSetup setup) {
        this.setup = setup;
        this.eventLoop = eventLoop;
        limits = TimeLimits.of(setup.options());
        writer = new RequestWriter(setup.target(), setup.options());
        bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(transport.socketChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0); // the sweep keeps this limit like all others
        long sweepNanos = limits.sweepNanos();
        var _ = eventLoop.scheduleWithFixedDelay(guarded(this::sweep), sweepNanos, sweepNanos, TimeUnit.NANOSECONDS);
    }

    /// Takes on a request.
    void begin(Exchange exchange) {
        try {
            eventLoop.execute(guarded(() -> admit(exchange)));
        } catch (RejectedExecutionException _) { // the client is closed
            releaseRequest(exchange);
            deliver(exchange, Answer.none(new Outcome.Cancelled()));
        }
    }

    /// Gives up on everything taken on before.
    void cancelAll() {
        try {
            eventLoop.execute(guarded(this::cancelInFlight));
        } catch (RejectedExecutionException _) {
            // closed: everything has been given up
        }
    }

    /// Gives up on everything taken on before, and takes on no more. Returns when that is done.
    void close() {
        try {
            eventLoop
                    .submit(guarded(() -> {
                        closed = true;
                        cancelInFlight();
                    }))
                    .awaitUninterruptibly();
        } catch (RejectedExecutionException _) {
            // closed before
        }
    }

    long nowNanos() {
        return setup.clock().nowNanos();
    }

    /// An array for at least `count` bytes, used until the next read of any connection.
    byte[] window(int count) {
        if (window.length < count) {
            window = new byte[count];
        }
        return window;
    }

    /// The bytes of the request, the caller's to release or write.
    ByteBuf bytesOf(Exchange exchange, ByteBufAllocator allocator) {
        ByteBuf prepared = exchange.takeRequest();
        return prepared == null ? writer.write(exchange.planned(), allocator) : prepared;
    }

    /// The connection has nothing to do.
    void idle(Connection connection) {
        idle.add(connection);
    }

    /// The connection is closed.
    void closed(Connection connection) {
        idle.remove(connection);
    }

    void countLocal(@Nullable Throwable cause) {
        if (FailureText.isLocalLimit(cause)) {
            setup.localSocketErrors().increment();
        }
    }

    /// A bug of ours: ends the run, loudly, by throwing where decisions are made.
    void broken(Throwable bug) {
        post(() -> {
            throw new IllegalStateException("the load client failed", bug);
        });
    }

    /// The request has ended.
    void end(Exchange exchange, Answer answer) {
        inFlight.remove(exchange);
        releaseRequest(exchange);
        deliver(exchange, answer);
    }

    private static void releaseRequest(Exchange exchange) {
        ByteBuf unsent = exchange.takeRequest();
        if (unsent != null) {
            unsent.release();
        }
    }

    private void cancelInFlight() {
        inFlight.forEach(exchange -> giveUp(exchange, new Outcome.Cancelled()));
    }

    private void admit(Exchange exchange) {
        inFlight.add(exchange);
        if (closed) {
            giveUp(exchange, new Outcome.Cancelled());
        } else if (!exchange.hasRequest() && LongPrompts.isLong(exchange.planned())) {
            prepare(exchange);
        } else {
            dispatch(exchange);
        }
    }

    private void prepare(Exchange exchange) {
        setup.longPrompts().write(exchange.planned(), ByteBufAllocator.DEFAULT, (bytes, bug) -> {
            if (bytes == null) {
                broken(bug == null ? new IllegalStateException("no request was written") : bug);
                return;
            }
            try {
                eventLoop.execute(guarded(() -> prepared(exchange, bytes)));
            } catch (RejectedExecutionException _) { // closed meanwhile
                bytes.release();
            }
        });
    }

    private void prepared(Exchange exchange, ByteBuf bytes) {
        if (exchange.hasEnded()) {
            bytes.release();
            return;
        }
        exchange.keepRequest(bytes);
        dispatch(exchange);
    }

    private void dispatch(Exchange exchange) {
        Connection free = idle.take();
        if (free != null) {
            free.carry(exchange);
        } else if (setup.addresses().isEmpty()) {
            giveUp(exchange, new Outcome.ConnectionFailed("unknown host " + setup.target().host()));
        } else {
            exchange.waitsFor(TimeoutPhase.CONNECT, nowNanos());
            open(exchange, 0);
        }
    }

    /// Opens a connection for the request, to the address that worked last or, at further attempts, to the others in turn.
    private void open(Exchange exchange, int attempt) {
        var connection = new Connection(this, setup.tls().isPresent(), exchange);
        exchange.on(connection);
        int address = (preferredAddress + attempt) % setup.addresses().size();
        Bootstrap opening = bootstrap.clone();
        opening.handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                if (setup.tls().isPresent()) {
                    SslContext tls = setup.tls().get();
                    var handler = tls.newHandler(channel.alloc(), setup.target().host(), setup.target().port());
                    handler.setHandshakeTimeoutMillis(0); // part of the connect limit
                    SSLParameters parameters = handler.engine().getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate must be that host's
                    handler.engine().setSSLParameters(parameters);
                    channel.pipeline().addLast(handler);
                }
                channel.pipeline().addLast(connection);
            }
        });
        ChannelFuture connecting = opening.connect(setup.addresses().get(address));
        if (connecting.isDone() && !connecting.isSuccess()) { // no socket at all: its future belongs to no event loop
            connectFailed(connection, exchange, attempt, connecting.cause());
            return;
        }
        connection.opening(connecting.channel());
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                preferredAddress = address;
            } else {
                connectFailed(connection, exchange, attempt, connected.cause());
            }
        });
    }

    private void connectFailed(Connection connection, Exchange exchange, int attempt, Throwable cause) {
        if (exchange.hasEnded() || exchange.connection() != connection) {
            return;
        }
        countLocal(cause);
        connection.abandon();
        if (attempt + 1 < setup.addresses().size() && !FailureText.isLocalLimit(cause)) {
            open(exchange, attempt + 1);
        } else {
            exchange.withoutConnection();
            giveUp(exchange, new Outcome.ConnectionFailed(FailureText.of(cause)));
        }
    }

    private void giveUp(Exchange exchange, Outcome outcome) {
        Connection connection = exchange.connection();
        if (connection == null) {
            end(exchange, Answer.none(outcome));
        } else {
            connection.giveUp(outcome);
        }
    }

    private void sweep() {
        long nowNanos = nowNanos();
        inFlight.forEach(exchange -> {
            TimeoutPhase overdue = exchange.overdueAt(nowNanos, limits);
            if (overdue != null) {
                giveUp(exchange, new Outcome.TimedOut(overdue));
            }
        });
    }

    /// Whether the texts of answers are wanted.
    boolean keepsTexts() {
        return setup.options().texts().answers().isPresent();
    }

    private void deliver(Exchange exchange, Answer answer) {
        answer.said().ifPresent(said -> setup.options()
                .texts()
                .answers()
                .ifPresent(wanted -> wanted.keep(exchange.planned().id(), said)));
        var ended = new RequestRecord(
                exchange.planned(),
                exchange.sentAtNanos(),
                answer.content(),
                nowNanos(),
                answer.tokens(),
                answer.vectors(),
                answer.servedBy(),
                answer.outcome());
        post(() -> exchange.ended().accept(ended));
    }

    /// Netty logs what a task throws and goes on; the request would never end.
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error bug) {
                broken(bug);
            }
        };
    }

    private void post(Runnable action) {
        try {
            setup.timeline().execute(action);
        } catch (RejectedExecutionException _) {
            // the run is over, loudly or not: nobody is left to be told
        }
    }
}
