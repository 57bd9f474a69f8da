package io.sagebench.live.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void readsSecondsAndDates() {
        assertThat(RetryAfter.of("7", NOW)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.of("Fri, 2 Jan 2026 03:04:35 GMT", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Fri, 2 Jan 2026 03:00:00 GMT", NOW)).as("in the past").contains(Duration.ZERO);
    }

    @Test
    void whatMakesNoSenseIsNotSaid() {
        assertThat(RetryAfter.of("soon", NOW)).isEmpty();
        assertThat(RetryAfter.of("-1", NOW)).isEmpty();
        assertThat(RetryAfter.of("999999999", NOW)).as("31 years").isEmpty();
        assertThat(RetryAfter.of(null)).isEmpty();
    }
}
