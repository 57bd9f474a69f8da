package io.sagebench.live.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8000, 127.0.0.1:8000, 8000, http://127.0.0.1:8000/v1/models",
        "http://127.0.0.1:8000/, 127.0.0.1:8000, 8000, http://127.0.0.1:8000/v1/models",
        "http://127.0.0.1:8000/v1, 127.0.0.1:8000, 8000, http://127.0.0.1:8000/v1/models",
        "HTTP://127.0.0.1/a/b/, 127.0.0.1, 80, HTTP://127.0.0.1/a/b/v1/models",
        "https://127.0.0.1/v1/, 127.0.0.1, 443, https://127.0.0.1/v1/models"
    })
    void findsTheServerWithAndWithoutAPath(URI url, String host, int port, URI models) throws UnknownHostException {
        UpstreamAddress address = UpstreamAddress.of(url);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.socket().getPort()).isEqualTo(port);
        assertThat(address.tls()).isEqualTo(port == 443);
        assertThat(address.endpoint("/models")).isEqualTo(models);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "ftp://127.0.0.1", "http:///v1", "http://user:secret@127.0.0.1"})
    void refusesWhatIsNoServer(URI url) {
        assertThatThrownBy(() -> UpstreamAddress.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port");
    }

    @Test
    void doesNotRepeatASecretInItsMessage() {
        assertThatThrownBy(() -> UpstreamAddress.of(URI.create("http://user:secret@127.0.0.1")))
                .hasMessageNotContaining("secret");
    }
}
