package io.sagebench.live.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.workload.PlannedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A load client on a timeline of its own, for tests. Closing it checks that no record came twice or too much.
final class LiveClient implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final ClientOptions PATIENT = new ClientOptions(LONG, LONG, LONG, LONG, true, false, Optional.empty());

    private final LiveTimeline timeline;
    private final HttpLoadClient client;
    private final BlockingQueue<RequestRecord> ended = new LinkedBlockingQueue<>();
    private final Set<Long> seen = new HashSet<>();

    LiveClient(URI url, ClientOptions options) {
        this(url, options, Optional.empty());
    }

    LiveClient(URI url, ClientOptions options, Optional<SslContext> tls) {
        var clock = new RunClock();
        timeline = new LiveTimeline("test-timeline", clock, failure -> {});
        timeline.start();
        client = tls.isPresent()
                ? new HttpLoadClient(HttpTarget.of(url), options, clock, timeline, 1, tls)
                : new HttpLoadClient(url, options, clock, timeline, 2);
    }

    /// One that believes whom `trust` believes.
    LiveClient(URI url, ClientOptions options, SSLContext trust) {
        var clock = new RunClock();
        timeline = new LiveTimeline("test-timeline", clock, failure -> {});
        timeline.start();
        client = new HttpLoadClient(url, options, clock, timeline, trust);
    }

    HttpLoadClient client() {
        return client;
    }

    void send(PlannedRequest planned) {
        timeline.call(() -> {
            client.send(planned, ended::add);
            return true;
        });
    }

    /// Tells of a request before it is sent.
    void announce(PlannedRequest planned) {
        timeline.call(() -> {
            client.announce(planned);
            return true;
        });
    }

    /// Sends one request and waits for its record.
    RequestRecord ask(PlannedRequest planned) {
        send(planned);
        return await(1).getFirst();
    }

    /// The next `count` records, each of another request.
    List<RequestRecord> await(int count) {
        var records = new ArrayList<RequestRecord>();
        while (records.size() < count) {
            RequestRecord next = next();
            assertThat(seen.add(next.planned().index())).as("%s ends once", next.planned().id()).isTrue();
            records.add(next);
        }
        return records;
    }

    private RequestRecord next() {
        @Nullable RequestRecord next;
        try {
            next = ended.poll(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        if (next == null) {
            throw new AssertionError("a request has not ended; timeline: " + timeline.failure());
        }
        return next;
    }

    @Override
    public void close() {
        client.close();
        timeline.close();
        assertThat(timeline.failure()).isEmpty();
        assertThat(ended).as("records that nobody waits for").isEmpty();
    }
}
