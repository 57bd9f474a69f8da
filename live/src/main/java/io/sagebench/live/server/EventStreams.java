package io.sagebench.live.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Future;
import io.sagebench.live.dashboard.PolicyColours;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.SnapshotJson;
import io.sagebench.live.dashboard.SnapshotSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Server-sent events for those who watch: `hello` once, then `snapshot` each second, and `end` with the last snapshot when there will be no more. While
/// nobody watches it does nothing. Several who watch share a snapshot that is not older than half a second. Safe for use by any thread.
final class EventStreams implements Route {
    static final int MOST = 32;
    private static final long PERIOD_MILLIS = 1_000;
    private static final long SHARED_NANOS = 500_000_000;
    private static final Map<String, String> HEADERS = Map.of(
            Reply.CONTENT_TYPE, "text/event-stream; charset=utf-8", "Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

    private final SnapshotSource source;
    private final byte[] hello;
    private final Set<Watching> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Told latest;
    private volatile boolean finished;

    /// What was told last.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Told(long atNanoTime, byte[] json) {}

    EventStreams(SnapshotSource source, PolicyColours colours) {
        this.source = source;
        this.hello = SnapshotJson.hello(colours);
    }

    @Override
    public void handle(HttpCall call) {
        if (call.method().equals(HttpMethod.HEAD)) {
            call.response().reply(new Reply(200, HEADERS, new byte[0]));
        } else if (finished) {
            call.response().reply(ApiError.stopping().toReply());
        } else if (open.size() >= MOST) {
            call.response().reply(ApiError.of(503, "too_many_watch", "this dashboard is watched by " + MOST + " already").toReply());
        } else {
            new Watching(call).begin();
        }
    }

    /// How many watch.
    int watching() {
        return open.size();
    }

    /// Sends everybody the last snapshot and ends. Blocks for `limit` at most; not for an event loop.
    void finish(Duration limit) {
        finished = true;
        latest = null;
        List<Watching> last = List.copyOf(open);
        var ended = new CountDownLatch(last.size());
        last.forEach(each -> each.finish(ended));
        try {
            boolean all = ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!all) {
                last.forEach(Watching::leave);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // asked to hurry: they see that the connection ends
        }
    }

    private void tell(Watching who) {
        Told told = latest;
        if (told != null && System.nanoTime() - told.atNanoTime() < SHARED_NANOS) {
            who.send("snapshot", told.json());
            return;
        }
        source.ask(who.call.loop(), snapshot -> who.send("snapshot", encode(snapshot)));
    }

    private byte[] encode(Snapshot snapshot) {
        byte[] json = SnapshotJson.of(snapshot);
        latest = new Told(System.nanoTime(), json);
        return json;
    }

    /// One who watches. Belongs to the connection's event loop.
    private final class Watching {
        private final HttpCall call;
        private final Response response;
        private @Nullable Future<?> ticks;

        Watching(HttpCall call) {
            this.call = call;
            this.response = call.response();
        }

        void begin() {
            open.add(this);
            response.whenGone(this::gone);
            response.begin(200, HEADERS);
            send("hello", hello);
            ticks = call.loop().scheduleWithFixedDelay(this::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            if (finished) { // since it was looked at: nobody else would end this
                leave();
            }
        }

        /// One who does not keep up misses some.
        private void tick() {
            if (!response.isOver() && response.isWritable()) {
                tell(this);
            }
        }

        void send(String event, byte[] json) {
            if (response.isOver()) {
                return;
            }
            ByteBuf part = response.allocator().buffer(json.length + 32);
            ByteBufUtil.writeAscii(part, "event: " + event + "\ndata: ");
            part.writeBytes(json);
            part.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
            response.write(part);
            response.flush();
        }

        void finish(CountDownLatch ended) {
            source.ask(call.loop(), snapshot -> {
                send("end", SnapshotJson.of(snapshot));
                end();
                ended.countDown();
            });
        }

        void leave() {
            try {
                call.loop().execute(this::end);
            } catch (RejectedExecutionException _) {
                // the server has closed, and this connection with it
            }
        }

        private void end() {
            gone();
            response.endAndClose();
        }

        private void gone() {
            open.remove(this);
            Future<?> pending = ticks;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}
