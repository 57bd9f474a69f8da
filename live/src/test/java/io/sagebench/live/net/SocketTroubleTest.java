package io.sagebench.live.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTroubleTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:8000 | connection refused
            bind(..) failed with error(-99): Cannot assign requested address               | cannot assign requested address
            recvAddress(..) failed with error(-104): Connection reset by peer              | connection reset by peer
            connection timed out after 2000 ms: gpu1/10.0.0.1:8000                         | connection timed out after 2000 ms: gpu1/10.0.0.1:8000
            """)
    void saysItInTheWordsOfTheSystem(String message, String reason) {
        assertThat(SocketTrouble.reason(new IOException(message))).isEqualTo(reason);
    }
}
