package io.sagebench.live.engine;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.concurrent.Future;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineJob;
import io.sagebench.live.server.Exchange;
import io.sagebench.live.server.Relay;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request at a server, and its answer on the way to the client: bytes pass through as they come, and slow readers slow the server down.
///
/// The answer is held back until its first token, so that what goes wrong before has an HTTP status of its own. Belongs to the event loop of the
/// client's connection, which drives the connection to the server too: nothing changes threads on its way.
final class UpstreamCall implements UpstreamConnection.Listener {
    private static final int MOST_HELD_BYTES = 64 << 10;

    private final UpstreamServer server;
    private final EngineJob job;
    private final Exchange exchange;
    private final Relay relay;
    private final Reports reports;
    private final UpstreamConnections.OnLoop connections;
    private final Queue<ByteBuf> held = new ArrayDeque<>();
    private @Nullable UpstreamConnection connection;
    private @Nullable Future<?> watch;
    private AnswerObserver observer = new AnswerObserver(false);
    private String contentType = "";
    private Optional<Duration> retryAfter = Optional.empty();
    private int status;
    private int heldBytes;
    private boolean relaying;
    private boolean paused;
    private boolean over;
    private long progressAtNanoTime;

    UpstreamCall(UpstreamServer server, EngineJob job, Exchange exchange, Relay relay, Reports reports) {
        this.server = server;
        this.job = job;
        this.exchange = exchange;
        this.relay = relay;
        this.reports = reports;
        this.connections = server.connections().on(exchange.loop());
    }

    /// Sends the request.
    void begin() {
        if (over) {
            return;
        }
        connections.takeIdle().ifPresentOrElse(this::send, this::connect);
    }

    /// Gives up on it: closes the connection, by which the server learns.
    void cancel() {
        endWith(() -> {});
    }

    @Override
    public void head(HttpResponse head) {
        progressAtNanoTime = System.nanoTime();
        status = head.status().code();
        contentType = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "application/json");
        observer = new AnswerObserver(contentType.startsWith("text/event-stream"));
        retryAfter = RetryAfter.of(head.headers().get(HttpHeaderNames.RETRY_AFTER));
    }

    @Override
    public void piece(ByteBuf piece) {
        progressAtNanoTime = System.nanoTime();
        if (isGood()) {
            observe(piece);
        }
        if (relaying) {
            relay.write(piece.retain());
        } else if (isGood() || heldBytes + piece.readableBytes() <= MOST_HELD_BYTES) {
            held.add(piece.retain());
            heldBytes += piece.readableBytes();
            if (isGood() && (observer.contentEvents() > 0 || heldBytes > MOST_HELD_BYTES)) {
                beginRelaying();
            }
        }
        if (relaying && !paused && !relay.isWritable()) {
            setPaused(true);
        }
    }

    @Override
    public void pause() {
        if (relaying) {
            relay.flush();
            reports.relayed(observer.contentEvents());
        }
    }

    @Override
    public void complete() {
        if (!isGood()) {
            var failure = new EngineFailure(status, server.says(ErrorText.of(status, held)));
            connection = null; // free for the next call
            endWith(() -> reports.failed(retryAfter.map(failure::retryAfter).orElse(failure)));
            return;
        }
        observer.end();
        if (!relaying) {
            beginRelaying();
        }
        relay.end();
        reports.relayed(observer.contentEvents());
        connection = null;
        endWith(() -> {
            if (observer.hasError()) {
                reports.failed(new EngineFailure(502, server.says("an error within its answer")).afterAnswerBegan());
            } else {
                reports.finished(observer.result(job));
            }
        });
    }

    @Override
    public void broken(Throwable cause) {
        UpstreamConnection broken = connection;
        connection = null;
        if (broken != null && broken.isUsed() && status == 0) {
            connect(); // the server closed an idle connection just as it was used again
            return;
        }
        fail(502, server.broke(cause));
    }

    private void connect() {
        connections.connect(this::send, cause -> fail(502, server.unreachable(cause)));
    }

    private void send(UpstreamConnection to) {
        if (over) {
            to.close();
            return;
        }
        connection = to;
        progressAtNanoTime = System.nanoTime();
        if (watch == null) {
            watchAfter(Long.MAX_VALUE);
        }
        to.send(server.request(job, exchange), this);
    }

    private boolean isGood() {
        return HttpStatusClass.SUCCESS.contains(status);
    }

    private void observe(ByteBuf piece) {
        byte[] scratch = connections.scratch();
        int at = piece.readerIndex();
        while (at < piece.writerIndex()) {
            int length = Math.min(scratch.length, piece.writerIndex() - at);
            piece.getBytes(at, scratch, 0, length);
            observer.see(scratch, length);
            at += length;
        }
    }

    private void beginRelaying() {
        relaying = true;
        relay.begin(contentType);
        for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
            relay.write(piece);
        }
        relay.whenWritable(() -> setPaused(false));
    }

    private void setPaused(boolean pausing) {
        UpstreamConnection from = connection;
        if (over || from == null || paused == pausing) {
            return;
        }
        paused = pausing;
        progressAtNanoTime = System.nanoTime();
        from.read(!pausing);
    }

    /// Checks after `nanos`, or before when a limit that does not hold yet might end sooner.
    private void watchAfter(long nanos) {
        var settings = server.settings().timeouts();
        long shortestNanos = Math.min(settings.firstByte().toNanos(), settings.idle().toNanos());
        watch = exchange.loop().schedule(this::checkProgress, Math.min(nanos, shortestNanos), TimeUnit.NANOSECONDS);
    }

    private void checkProgress() {
        if (over) {
            return;
        }
        var timeouts = server.settings().timeouts();
        Duration limit = status == 0 ? timeouts.firstByte() : timeouts.idle();
        long remainingNanos = limit.toNanos() - (System.nanoTime() - progressAtNanoTime);
        if (paused) {
            watchAfter(Long.MAX_VALUE); // the client is slow, not the server
        } else if (remainingNanos > 0) {
            watchAfter(remainingNanos);
        } else {
            fail(504, server.silent(status == 0 ? "gave no answer" : "gave no more of its answer", limit));
        }
    }

    private void fail(int failureStatus, String message) {
        var failure = new EngineFailure(failureStatus, message);
        endWith(() -> reports.failed(relaying ? failure.afterAnswerBegan() : failure));
    }

    private void endWith(Runnable report) {
        if (over) {
            return;
        }
        over = true;
        Future<?> watching = watch;
        if (watching != null) {
            watching.cancel(false);
        }
        UpstreamConnection open = connection;
        if (open != null) {
            open.close();
        }
        for (ByteBuf piece = held.poll(); piece != null; piece = held.poll()) {
            piece.release();
        }
        report.run();
    }
}
