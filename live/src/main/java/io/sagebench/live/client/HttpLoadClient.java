package io.sagebench.live.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.net.Transport;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.request.Check;
import io.sagebench.workload.PlannedRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The load client of live runs: chat completions over HTTP/1.1, streamed or whole.
///
/// Whatever the server does, a request leaves when it is sent here: an idle connection is used if there is one, else a new one is opened,
/// without limit; nothing is retried. Content is stamped at the read that brought it, before parsing, on event loops that do nothing else;
/// with TLS, after decrypting. The record of a request is posted to the timeline when the request has ended, exactly once.
///
/// The server's name is resolved when the client is made.
public final class HttpLoadClient implements LoadClient, AutoCloseable {
    private static final long SHUTDOWN_SECONDS = 5;

    private final RunClock clock;
    private final EventLoopGroup group;
    private final List<ClientLoop> loops;
    private final LongPrompts longPrompts;
    private final LongAdder localSocketErrors = new LongAdder();
    private int next;
    private volatile @Nullable AnnouncedRequest announced;

    /// With one event loop, which is enough for some 100,000 events a second.
    ///
    /// @param url      of the server, with a base path or without
    /// @param options  how to ask and how long to wait
    /// @param clock    of the run
    /// @param timeline gets the records: the run's timeline
    public HttpLoadClient(URI url, ClientOptions options, RunClock clock, Executor timeline) {
        this(url, options, clock, timeline, 1);
    }

    /// @param url        of the server, with a base path or without
    /// @param options    how to ask and how long to wait
    /// @param clock      of the run
    /// @param timeline   gets the records: the run's timeline
    /// @param eventLoops how many threads do the I/O
    public HttpLoadClient(URI url, ClientOptions options, RunClock clock, Executor timeline, int eventLoops) {
        this(HttpTarget.of(url), options, clock, timeline, eventLoops, tlsFor(HttpTarget.of(url)));
    }

    /// With one event loop, believing servers at https URLs whom `trust` believes.
    public HttpLoadClient(URI url, ClientOptions options, RunClock clock, Executor timeline, SSLContext trust) {
        this(HttpTarget.of(url), options, clock, timeline, 1, tlsFor(HttpTarget.of(url), trust));
    }

    /// With TLS settings of the caller's.
    HttpLoadClient(
            HttpTarget target,
            ClientOptions options,
            RunClock clock,
            Executor timeline,
            int eventLoops,
            Optional<SslContext> tls) {
        Check.atLeast(1, eventLoops, "eventLoops");
        this.clock = clock;
        longPrompts = new LongPrompts(new RequestWriter(target, options));
        var setup = new ClientSetup(
                target, addressesOf(target), tls, options, clock, timeline, localSocketErrors, longPrompts);
        Transport transport = Transport.best();
        group = transport.newEventLoopGroup(eventLoops, "client");
        var made = new ArrayList<ClientLoop>();
        for (int i = 0; i < eventLoops; i++) {
            made.add(new ClientLoop(group.next(), transport, setup));
        }
        loops = List.copyOf(made);
    }

    /// Makes the bytes of the request that comes next on a thread of its own, so that only their writing is left at its time. Called on the
    /// timeline.
    @Override
    public void announce(PlannedRequest coming) {
        forgetAnnounced();
        var announcing = new AnnouncedRequest(coming);
        announced = announcing;
        longPrompts.write(coming, ByteBufAllocator.DEFAULT, (bytes, bug) -> {
            if (bytes != null) {
                announcing.ready(bytes);
            } else {
                loops.getFirst().broken(bug == null ? new IllegalStateException("no request was written") : bug);
            }
        });
    }

    /// Begins to send one request now. Called on the timeline.
    @Override
    public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
        var exchange = new Exchange(request, ended, clock.nowNanos());
        AnnouncedRequest prepared = announced;
        if (prepared != null && prepared.planned().equals(request)) {
            announced = null;
            ByteBuf bytes = prepared.take();
            if (bytes != null) {
                exchange.keepRequest(bytes);
            }
        }
        ClientLoop loop = loops.get(next);
        next = (next + 1) % loops.size();
        loop.begin(exchange);
    }

    private void forgetAnnounced() {
        AnnouncedRequest forgotten = announced;
        if (forgotten != null) {
            announced = null;
            forgotten.discard();
        }
    }

    /// Closes the connections of everything in flight; the records of these requests say "cancelled". Safe from any thread.
    @Override
    public void cancelAll() {
        loops.forEach(ClientLoop::cancelAll);
    }

    /// How many connections failed for want of local descriptors or ports. Safe from any thread.
    public long localSocketErrors() {
        return localSocketErrors.sum();
    }

    /// Gives up on everything in flight, closes all connections and ends the threads. Requests sent later end as cancelled.
    @Override
    public void close() {
        loops.forEach(ClientLoop::close);
        longPrompts.close();
        forgetAnnounced();
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static List<InetSocketAddress> addressesOf(HttpTarget target) {
        try {
            var addresses = new ArrayList<InetSocketAddress>();
            for (InetAddress address : InetAddress.getAllByName(target.host())) {
                addresses.add(new InetSocketAddress(address, target.port()));
            }
            return addresses;
        } catch (UnknownHostException _) {
            return List.of(); // each request then says so
        }
    }

    private static Optional<SslContext> tlsFor(HttpTarget target, SSLContext trust) {
        return target.tls()
                ? Optional.of(new JdkSslContext(
                        trust,
                        true,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        ApplicationProtocolConfig.DISABLED,
                        ClientAuth.NONE,
                        null,
                        false))
                : Optional.empty();
    }

    private static Optional<SslContext> tlsFor(HttpTarget target) {
        if (!target.tls()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build());
        } catch (SSLException noTls) {
            throw new IllegalStateException("this Java cannot do TLS: " + noTls.getMessage(), noTls);
        }
    }
}
