package io.sagebench.live.client;

import static io.sagebench.live.client.Sse.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlPlaneAdminTest {

    @Test
    void asksForHealthPolicyAndMetrics() throws IOException {
        try (var server = new ScriptedServer((request, conversation) -> conversation.send(answerTo(request)));
                var admin = new ControlPlaneAdmin(server.url(), Optional.of("secret"))) {
            assertThat(admin.health()).isEqualTo(new HealthAnswer(true, true, "{\"status\":\"ok\"}"));
            assertThat(admin.setPolicy("slo_aware")).isEqualTo(new PolicyAnswer.Active(OptionalLong.of(3)));
            assertThat(admin.setPolicy("silent")).isEqualTo(new PolicyAnswer.Active(OptionalLong.empty()));
            assertThat(admin.setPolicy("fifoo")).isEqualTo(new PolicyAnswer.Refused(400, "unknown policy 'fifoo'"));
            assertThat(admin.setPolicy("slo_aware", Map.of("a", "1"))).isEqualTo(new PolicyAnswer.Active(OptionalLong.of(3)));
            assertThat(admin.metrics()).contains("{\"queued\":0}");
            assertThat(server.requests()).allMatch(request -> request.header("Authorization").equals("Bearer secret"));
        }
    }

    @Test
    void aServerThatIsNotWellSaysWhy() throws IOException {
        try (var server = new ScriptedServer(
                        (request, conversation) -> conversation.send(whole(503, "text/plain", "starting")));
                var admin = new ControlPlaneAdmin(server.url(), Optional.empty())) {
            assertThat(admin.health()).isEqualTo(new HealthAnswer(true, false, "503: starting"));
            assertThat(admin.metrics()).isEmpty();
        }
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        URI url;
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (var admin = new ControlPlaneAdmin(url, Optional.empty())) {
            assertThat(admin.health()).isEqualTo(new HealthAnswer(false, false, "no connection to " + url));
            assertThat(admin.setPolicy("fifo")).isEqualTo(new PolicyAnswer.Unreachable("no connection to " + url));
            assertThat(admin.metrics()).isEmpty();
        }
    }

    private static String answerTo(ScriptedServer.Request request) {
        String path = request.head().split(" ", -1)[1];
        if (path.equals("/health")) {
            return whole(200, "application/json", "{\"status\":\"ok\"}");
        }
        if (path.equals("/admin/metrics")) {
            return whole(200, "application/json", "{\"queued\":0}");
        }
        return switch (request.body()) {
            case "{\"policy\":\"slo_aware\"}", "{\"policy\":\"slo_aware\",\"params\":{\"a\":\"1\"}}" -> whole(200, "application/json", "{\"policy\":\"slo_aware\",\"epoch\":3}");
            case "{\"policy\":\"silent\"}" -> whole(200, "text/plain", "done");
            default -> whole(400, "application/json", "{\"error\":{\"message\":\"unknown policy 'fifoo'\"}}");
        };
    }
}
