package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.live.server.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpsEngineTest {

    @Test
    void speaksTlsToAServerItTrustsAndToNoOther(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        SSLContext trusting = SelfSigned.in(folder);
        String answer = FakeUpstream.token("one");
        try (var upstream = new FakeUpstream(
                "https",
                trusting.getServerSocketFactory(),
                (_, out) -> out.write((FakeUpstream.STREAM_HEAD + answer).getBytes(UTF_8)))) {
            try (var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT, trusting)) {
                assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body()).isEqualTo(answer);
            }
            assertThatThrownBy(() -> new Gateway(upstream.url(), HttpEngineSettings.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(upstream.url().toString())
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void trustsTheAuthoritiesInAFileOrIfToldAnybody(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        SSLContext identity = SelfSigned.in(folder);
        String answer = FakeUpstream.token("one");
        try (var upstream = new FakeUpstream(
                "https",
                identity.getServerSocketFactory(),
                (_, out) -> out.write((FakeUpstream.STREAM_HEAD + answer).getBytes(UTF_8)))) {
            URI byOtherName = URI.create(upstream.url().toString().replace("127.0.0.1", "localhost"));
            SSLContext ofFile = new UpstreamTrust.Authorities(folder.resolve("cert.pem")).context();
            try (var gateway = new Gateway(upstream.url(), HttpEngineSettings.DEFAULT, ofFile)) {
                assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body()).isEqualTo(answer);
            }
            assertThatThrownBy(() -> new Gateway(byOtherName, HttpEngineSettings.DEFAULT, ofFile))
                    .as("the certificate is for 127.0.0.1")
                    .isInstanceOf(IOException.class);
            try (var gateway = new Gateway(byOtherName, HttpEngineSettings.DEFAULT, new UpstreamTrust.Anybody().context())) {
                assertThat(gateway.answerTo(RawHttp.chat(Gateway.ASK_STREAM)).body()).isEqualTo(answer);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAFileOfAuthorities(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.pem");
        assertThatThrownBy(() -> new UpstreamTrust.Authorities(missing).context())
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + missing);
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        assertThatThrownBy(() -> new UpstreamTrust.Authorities(empty).context()).hasMessage(empty + " has no certificates");
        Path noise = Files.writeString(folder.resolve("noise.pem"), "hello");
        assertThatThrownBy(() -> new UpstreamTrust.Authorities(noise).context())
                .hasMessageStartingWith(noise + " has no certificates");
    }
}
