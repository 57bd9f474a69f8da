package io.sagebench.benchmark.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `10m`, `60s`, `500ms`, `1.5h`; a bare number is seconds.
public final class DurationText {
    /// For messages.
    public static final String EXAMPLES = "such as 60s, 10m or 500ms";
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|)");
    private static final Map<String, Long> NANOS =
            Map.of("ms", 1_000_000L, "", 1_000_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private DurationText() {}

    /// The duration of a text; absent when it is none.
    public static Optional<Duration> parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        return of(new BigDecimal(parts.group(1)), NANOS.getOrDefault(parts.group(2), 1L));
    }

    /// So many seconds; absent when that is more than nanoseconds can count.
    static Optional<Duration> ofSeconds(BigDecimal seconds) {
        return of(seconds, NANOS.getOrDefault("s", 0L));
    }

    private static Optional<Duration> of(BigDecimal number, long unitNanos) {
        try {
            return Optional.of(Duration.ofNanos(number.multiply(BigDecimal.valueOf(unitNanos)).toBigInteger().longValueExact()));
        } catch (ArithmeticException _) {
            return Optional.empty(); // longer than nanoseconds can count, some 292 years
        }
    }
}
