package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.SelfSigned;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.net.ServerIdentity;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask what of a control plane: by port, by key and by certificate.
@Timeout(60)
class GatewaySecurityTest {
    private static final String ASK = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}";
    private static final ServerSettings LOOPBACK = ServerSettings.onLoopback(0);

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 4);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.of(engine), QueueLimits.DEFAULT, new Seed(1), () -> 0);

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        timeline.close();
    }

    @Test
    void anAdminPortTakesTheAdminEndpointsOffTheServicePort() throws IOException {
        try (var server = serving(new GatewaySettings(LOOPBACK, Optional.of(LOOPBACK), TenantKeys.NONE))) {
            assertThat(server.adminPort()).isNotEqualTo(server.port());
            assertThat(get(server.port(), "/admin/policy").status()).isEqualTo(404);
            assertThat(get(server.port(), "/health").status()).isEqualTo(200);
            assertThat(get(server.adminPort(), "/admin/policy").body()).contains("\"policy\":\"fifo\"");
            assertThat(get(server.adminPort(), "/v1/models").status()).isEqualTo(404);
            assertThat(get(server.adminPort(), "/health").status()).isEqualTo(200);
            assertThat(get(server.adminPort(), "/ready").status()).isEqualTo(200);
            assertThat(get(server.port(), "/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void anAdminPortTakesTheMetricsWithIt() throws IOException {
        try (var server = serving(new GatewaySettings(LOOPBACK, Optional.of(LOOPBACK), TenantKeys.NONE))) {
            assertThat(get(server.port(), "/metrics").status()).isEqualTo(404);
            Answer scraped = get(server.adminPort(), "/metrics");
            assertThat(scraped.status()).isEqualTo(200);
            assertThat(scraped.body()).contains("sagebench_requests_queued");
        }
        try (var onePort = serving(GatewaySettings.of(LOOPBACK))) {
            assertThat(get(onePort.port(), "/metrics").status()).isEqualTo(200);
        }
    }

    @Test
    void anAdminPortThatIsTakenLeavesNothingListening() throws IOException {
        try (var other = serving(GatewaySettings.of(LOOPBACK))) {
            var settings = new GatewaySettings(
                    LOOPBACK, Optional.of(ServerSettings.onLoopback(other.port())), TenantKeys.NONE);
            assertThatThrownBy(() -> serving(settings)).isInstanceOf(BindException.class).hasMessageContaining("is taken");
        }
    }

    @Test
    void withTenantKeysWorkNeedsOneAndBelongsToItsTenant() throws IOException {
        var keys = new TenantKeys(Map.of("acme", new BearerToken("key-a"), "zebra", new BearerToken("key-z")));
        try (var server = serving(new GatewaySettings(LOOPBACK, Optional.empty(), keys))) {
            Answer without = ask(server.port());
            assertThat(without.status()).isEqualTo(401);
            assertThat(without.headers()).containsEntry("www-authenticate", "Bearer");
            assertThat(without.body()).contains("invalid_api_key").contains("an API key is needed");
            assertThat(ask(server.port(), "Authorization: Bearer key-b").body()).contains("is not known here");
            assertThat(get(server.port(), "/health").status()).isEqualTo(200);
            try (var client = new RawHttp(server.port())
                    .send(RawHttp.chat(ASK, "Authorization: Bearer key-z", "X-Tenant-Id: acme"))) {
                engine.next().answer(2);
                assertThat(client.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestWithAKeyIsItsTenantsWhateverItSays() throws BadRequest {
        HttpCall call = TestCalls.chat("{}", "X-Tenant-Id", "acme");
        assertThat(HintHeaders.read(call, JsonBody.of(call), RequestType.LLM_CHAT).caller().tenant()).contains("acme");
        assertThat(HintHeaders.read(call.of("zebra"), JsonBody.of(call), RequestType.LLM_CHAT).caller().tenant()).contains("zebra");
    }

    @Test
    void twoTenantsMustNotShareAKey() {
        var same = Map.of("acme", new BearerToken("k"), "zebra", new BearerToken("k"));
        assertThatThrownBy(() -> new TenantKeys(same)).hasMessage("two tenants have the same API key");
    }

    @Test
    void speaksTlsOnBothPorts(@TempDir Path folder) throws Exception {
        SSLContext trusting = SelfSigned.in(folder);
        ServerSettings secure = LOOPBACK.with(ServerIdentity.read(folder.resolve("cert.pem"), folder.resolve("key.pem")));
        try (var server = serving(new GatewaySettings(secure, Optional.of(secure), TenantKeys.NONE));
                var client = HttpClient.newBuilder().sslContext(trusting).build()) {
            assertThat(statusOf(client, "https://127.0.0.1:" + server.port() + "/health")).isEqualTo(200);
            assertThat(statusOf(client, "https://127.0.0.1:" + server.adminPort() + "/admin/policy")).isEqualTo(200);
            try (var plain = new RawHttp(server.port()).send(RawHttp.get("/health"))) {
                assertThat(new String(plain.rest(), java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("200");
            }
        }
    }

    @Test
    void aCertificateThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
        SelfSigned.in(folder);
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        assertThatThrownBy(() -> ServerIdentity.read(junk, folder.resolve("key.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("junk.pem")
                .hasMessageContaining("PKCS#8");
        assertThatThrownBy(() -> ServerIdentity.read(folder.resolve("cert.pem"), folder.resolve("none.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem cannot be read");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused(@TempDir Path folder, @TempDir Path other) throws Exception {
        SelfSigned.in(folder);
        SelfSigned.in(other);
        assertThatThrownBy(() -> ServerIdentity.read(folder.resolve("cert.pem"), other.resolve("key.pem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the key is not that of the certificate");
        String rsa = "-----BEGIN PRIVATE KEY-----\n" + rsaKey() + "\n-----END PRIVATE KEY-----\n";
        Path ofAnotherKind = Files.writeString(other.resolve("rsa.pem"), rsa);
        assertThatThrownBy(() -> ServerIdentity.read(folder.resolve("cert.pem"), ofAnotherKind))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the key is not that of the certificate");
    }

    private static String rsaKey() throws GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
        return Base64.getMimeEncoder().encodeToString(key);
    }

    private static int statusOf(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding()).statusCode();
    }

    private ControlPlaneServer serving(GatewaySettings settings) throws BindException {
        return new ControlPlaneServer(timeline, controlPlane, Policies.installed(), settings);
    }

    private static Answer ask(int port, String... headers) throws IOException {
        try (var client = new RawHttp(port).send(RawHttp.chat(ASK, headers))) {
            return client.answer();
        }
    }

    private static Answer get(int port, String path) throws IOException {
        try (var client = new RawHttp(port).send(RawHttp.get(path))) {
            return client.answer();
        }
    }
}
