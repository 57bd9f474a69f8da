package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorTest {

    @Test
    void looksLikeAnErrorOfOpenAi() {
        assertThat(new String(ApiError.about("model", "model is \"wrong\"").json(), UTF_8)).isEqualTo("""
                {"error":{"message":"model is \\"wrong\\"","type":"invalid_request_error","param":"model",\
                "code":"invalid_value"}}""");
        assertThat(new String(ApiError.of(503, "stopping", "no").json(), UTF_8))
                .isEqualTo("{\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"param\":null,\"code\":\"stopping\"}}");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "2500, 3"})
    void roundsRetryAfterUpToWholeSeconds(long millis, String seconds) {
        var error = ApiError.of(429, "queue_full", "wait").retryAfter(Duration.ofMillis(millis));
        assertThat(error.toReply().headers()).containsEntry("Retry-After", seconds);
    }
}
