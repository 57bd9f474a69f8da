package io.sagebench.live.client;

import io.netty.handler.ssl.SslContext;
import io.sagebench.live.clock.RunClock;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/// What all event loops of a client share.
///
/// @param target            where requests go
/// @param addresses         its addresses, best first; none when the name is unknown
/// @param tls               how to protect connections; absent for plain http
/// @param options           how to ask and how long to wait
/// @param clock             stamps what is sent and read
/// @param timeline          gets the records
/// @param localSocketErrors counts failures this machine is to blame for
/// @param longPrompts       writes what would hold up an event loop
record ClientSetup(
        HttpTarget target,
        List<InetSocketAddress> addresses,
        Optional<SslContext> tls,
        ClientOptions options,
        RunClock clock,
        Executor timeline,
        LongAdder localSocketErrors,
        LongPrompts longPrompts) {
    ClientSetup {
        addresses = List.copyOf(addresses);
    }
}
