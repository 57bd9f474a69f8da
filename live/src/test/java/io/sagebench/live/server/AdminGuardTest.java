package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.sagebench.live.net.BearerToken;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdminGuardTest {
    private static final String ELSEWHERE = "192.0.2.1";
    private final AdminGuard withToken = new AdminGuard(Optional.of(new BearerToken("s3cret")), "127.0.0.1");
    private final AdminGuard withoutToken = new AdminGuard(Optional.empty(), "127.0.0.1");

    @Test
    void opensToThisMachine() {
        assertThat(statusOf(withToken, "127.0.0.1")).isEqualTo(200);
        assertThat(statusOf(withoutToken, "127.0.0.1")).isEqualTo(200);
    }

    @Test
    void opensToOthersOnlyWithTheToken() {
        assertThat(statusOf(withToken, ELSEWHERE)).isEqualTo(403);
        assertThat(statusOf(withToken, ELSEWHERE, "Authorization", "Bearer other")).isEqualTo(403);
        assertThat(statusOf(withToken, ELSEWHERE, "Authorization", "Bearer s3cret")).isEqualTo(200);
        assertThat(statusOf(withoutToken, ELSEWHERE, "Authorization", "Bearer s3cret")).isEqualTo(403);
    }

    @Test
    void aProxyOrABrowserOnThisMachineIsNotThisMachine() {
        assertThat(statusOf(withToken, "127.0.0.1", "X-Forwarded-For", "192.0.2.1")).isEqualTo(403);
        assertThat(statusOf(withToken, "127.0.0.1", "Forwarded", "for=192.0.2.1")).isEqualTo(403);
        assertThat(statusOf(withToken, "127.0.0.1", "Origin", "https://elsewhere.example")).isEqualTo(403);
        assertThat(statusOf(withToken, "127.0.0.1", "Origin", "null")).isEqualTo(403);
        assertThat(statusOf(withToken, "127.0.0.1", "Origin", "http://localhost:8080")).isEqualTo(200);
        assertThat(statusOf(withToken, "127.0.0.1", "Origin", "http://[::1]:8080")).isEqualTo(200);
        assertThat(statusOf(withToken, "127.0.0.1", "X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer s3cret"))
                .isEqualTo(200);
    }

    @Test
    void aPageWhoseNameLeadsToThisMachineIsNotThisMachine() {
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "rebound.example:8080")).isEqualTo(403);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "localhost.rebound.example")).isEqualTo(403);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "")).isEqualTo(403);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "127.0.0.1@rebound.example")).isEqualTo(403);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "localhost:1:rebound.example")).isEqualTo(403);
        assertThat(statusOf(withToken, "127.0.0.1", "Host", "rebound.example", "Authorization", "Bearer s3cret"))
                .isEqualTo(200);
    }

    @Test
    void thisMachineIsKnownByItsLoopbackNamesAndByTheAddressListenedOn() {
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "LocalHost:8080")).isEqualTo(200);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "127.0.0.1")).isEqualTo(200);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "[::1]:8080")).isEqualTo(200);
        assertThat(statusOf(new AdminGuard(Optional.empty(), "127.0.0.2"), "127.0.0.2", "Host", "127.0.0.2:80")).isEqualTo(200);
        assertThat(statusOf(new AdminGuard(Optional.empty(), "::1"), "::1", "Host", "[::1]:80")).isEqualTo(200);
        assertThat(statusOf(withoutToken, "127.0.0.1", "Host", "127.0.0.2:80")).isEqualTo(403);
    }

    @Test
    void saysByWhichNameToAsk() {
        var channel = new EmbeddedChannel();
        withoutToken.guarding(_ -> {}).handle(TestCalls.on(channel, "127.0.0.1", "{}", "Host", "my-desk"));
        FullHttpResponse reply = channel.readOutbound();
        assertThat(reply.content().toString(UTF_8)).contains("ask for them at localhost or 127.0.0.1");
    }

    @Test
    void doesNotPrintTheToken() {
        assertThat(new BearerToken("s3cret").toString()).doesNotContain("s3cret");
    }

    private static int statusOf(AdminGuard guard, String address, String... headers) {
        var channel = new EmbeddedChannel();
        guard.guarding(call -> call.response().reply(Reply.ok(List.of())))
                .handle(TestCalls.on(channel, address, "{}", headers));
        HttpResponse reply = channel.readOutbound();
        return reply.status().code();
    }
}
