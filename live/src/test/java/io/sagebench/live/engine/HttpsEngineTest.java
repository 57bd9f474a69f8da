package io.sagebench.live.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.live.server.RawHttp;
import java.io.IOException;
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
}
