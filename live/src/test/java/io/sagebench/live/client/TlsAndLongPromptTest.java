package io.sagebench.live.client;

import static io.sagebench.live.client.LiveClient.PATIENT;
import static io.sagebench.live.client.Sse.DONE;
import static io.sagebench.live.client.Sse.content;
import static io.sagebench.live.client.Sse.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sagebench.journal.RequestRecord;
import io.sagebench.request.Outcome;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class TlsAndLongPromptTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ANSWER = stream(content("a"), DONE);

    @Test
    void speaksTlsToAServerItTrustsAndToNoOther(@TempDir Path folder) throws Exception {
        KeyStore keys = newKeys(folder);
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var serverSide = SSLContext.getInstance("TLS");
        serverSide.init(keyManagers.getKeyManagers(), null, null);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SslContext trusting = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(trusted)
                .build();
        try (var server = new ScriptedServer(
                serverSide.getServerSocketFactory(),
                InetAddress.ofLiteral("127.0.0.1"),
                "https",
                (request, conversation) -> conversation.send(ANSWER))) {
            try (var client = new LiveClient(server.url(), PATIENT, Optional.of(trusting))) {
                for (int i = 0; i < 3; i++) {
                    RequestRecord ended = client.ask(Requests.planned(i));
                    assertThat(ended.outcome()).isEqualTo(new Outcome.Completed());
                    assertThat(ended.sentAtNanos()).isPresent();
                }
                assertThat(server.connections()).isEqualTo(1);
            }
            try (var client = new LiveClient(server.url(), PATIENT)) { // the JDK's trust store does not know it
                Outcome outcome = client.ask(Requests.planned(0)).outcome();
                assertThat(outcome).isInstanceOf(Outcome.ConnectionFailed.class);
                assertThat(outcome.detail()).contains("certification path");
            }
        }
    }

    @Test
    void longPromptsArriveWhole() throws Exception {
        PlannedRequest planned = Requests.planned(0, 100_000, ServiceLevel.NONE);
        try (var server = new ScriptedServer((request, conversation) -> conversation.send(ANSWER));
                var client = new LiveClient(server.url(), PATIENT)) {
            assertThat(client.ask(planned).outcome()).isEqualTo(new Outcome.Completed());
            var body = JsonMapper.shared().readTree(server.requests().getFirst().body());
            assertThat(body.at("/messages/0/content").stringValue()).isEqualTo(planned.prompt());
        }
    }

    private static KeyStore newKeys(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=ip:127.0.0.1",
                        "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore withKey = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            withKey.load(bytes, PASSWORD);
        }
        withKey.setCertificateEntry("trusted", withKey.getCertificate("server"));
        return withKey;
    }
}
