package io.sagebench.live.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the header `Retry-After` (RFC 9110, 10.2.3): whole seconds, or a date.
final class RetryAfter {
    private RetryAfter() {}

    /// How long a server asks to be left alone, at most an hour; absent when it says nothing, or nothing that makes sense.
    static Optional<Duration> of(@Nullable String header) {
        return header == null ? Optional.empty() : of(header.strip(), Instant.now());
    }

    static Optional<Duration> of(String header, Instant now) {
        Duration most = Duration.ofHours(1);
        if (header.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header))).filter(delay -> delay.compareTo(most) <= 0);
        }
        try {
            Instant until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration delay = Duration.between(now, until);
            return Optional.of(delay.isNegative() ? Duration.ZERO : delay).filter(wait -> wait.compareTo(most) <= 0);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
