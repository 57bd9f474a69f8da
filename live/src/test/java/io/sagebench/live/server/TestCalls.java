package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Requests for tests that need no socket.
final class TestCalls {
    private TestCalls() {}

    /// A chat request with that body, and headers as name, value, name, value.
    static HttpCall chat(String body, String... headers) {
        return on(new EmbeddedChannel(), "127.0.0.1", body, headers);
    }

    /// A chat request with those bytes.
    static HttpCall chat(byte[] body) {
        return on(new EmbeddedChannel(), "127.0.0.1", body);
    }

    /// The same on that channel, from that address.
    static HttpCall on(EmbeddedChannel channel, String address, String body, String... headers) {
        return on(channel, address, body.replace('\'', '"').getBytes(UTF_8), headers);
    }

    private static HttpCall on(EmbeddedChannel channel, String address, byte[] body, String... headers) {
        var all = new DefaultHttpHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.set(headers[i], headers[i + 1]);
        }
        return new HttpCall(
                HttpMethod.POST,
                "/v1/chat/completions",
                "",
                all,
                body,
                new InetSocketAddress(address, 1),
                Optional.empty(),
                channel.eventLoop(),
                new Response(channel, true, true, 1 << 20, () -> {}));
    }
}
