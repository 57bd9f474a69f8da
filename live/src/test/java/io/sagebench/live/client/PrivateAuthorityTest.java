package io.sagebench.live.client;

import static io.sagebench.live.client.LiveClient.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.live.engine.SelfSigned;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.request.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose certificate only a file vouches for.
@Timeout(60)
class PrivateAuthorityTest {
    private static final String ANSWER = Sse.stream(Sse.content("a"), Sse.DONE);

    @Test
    void isBelievedWithTheFileForItsOwnNameOnly(@TempDir Path folder) throws Exception {
        SSLContext identity = SelfSigned.in(folder);
        SSLContext ofFile = new UpstreamTrust.Authorities(folder.resolve("cert.pem")).context();
        try (var server = new ScriptedServer(
                identity.getServerSocketFactory(),
                InetAddress.ofLiteral("127.0.0.1"),
                "https",
                (_, conversation) -> conversation.send(ANSWER))) {
            URI byOtherName = URI.create(server.url().toString().replace("127.0.0.1", "localhost"));
            assertThat(outcomeOf(server.url(), ofFile)).isEqualTo(new Outcome.Completed());
            assertThat(outcomeOf(byOtherName, ofFile)).as("the certificate is for 127.0.0.1").isInstanceOf(Outcome.ConnectionFailed.class);
            assertThat(outcomeOf(server.url(), SSLContext.getDefault())).isInstanceOf(Outcome.ConnectionFailed.class);
        }
    }

    @Test
    void isAskedForItsHealthWithTheFileAndTheFileIsNamedWithoutIt(@TempDir Path folder) throws Exception {
        SSLContext identity = SelfSigned.in(folder);
        SSLContext ofFile = new UpstreamTrust.Authorities(folder.resolve("cert.pem")).context();
        try (var server = new ScriptedServer(
                identity.getServerSocketFactory(),
                InetAddress.ofLiteral("127.0.0.1"),
                "https",
                (_, conversation) -> conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))) {
            try (var admin = new ControlPlaneAdmin(server.url(), Optional.empty(), Optional.of(ofFile))) {
                assertThat(admin.health().ok()).isTrue();
            }
            try (var admin = new ControlPlaneAdmin(server.url(), Optional.empty())) {
                assertThat(admin.health().message()).startsWith(server.url() + " is not trusted: ").contains("--ca-file PEM");
            }
        }
    }

    private static Outcome outcomeOf(URI url, SSLContext trust) {
        try (var client = new LiveClient(url, PATIENT, trust)) {
            return client.ask(Requests.planned(0)).outcome();
        }
    }
}
