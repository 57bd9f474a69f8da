package io.sagebench.live.files;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A date and time with any number of fraction digits, as nanoseconds since 1970. Digits beyond the ninth are dropped. A time without an
/// offset is taken as UTC: only differences matter.
record EpochTime(long nanos) {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})(?:\\.(\\d+))?(Z|[+-]\\d{2}:\\d{2})?");
    private static final int NANO_DIGITS = 9;

    static Optional<EpochTime> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var offset = parts.group(4) == null ? ZoneOffset.UTC : ZoneOffset.of(parts.group(4));
            long seconds = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2)).toEpochSecond(offset);
            return Optional.of(new EpochTime(
                    Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), fractionNanos(parts.group(3)))));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty(); // a 13th month, or a year that nanoseconds cannot reach
        }
    }

    private static long fractionNanos(@Nullable String digits) {
        if (digits == null) {
            return 0;
        }
        String nine = (digits + "000000000").substring(0, NANO_DIGITS);
        return Long.parseLong(nine);
    }
}
