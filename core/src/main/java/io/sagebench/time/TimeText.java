package io.sagebench.time;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as people write them: `200ms`, `1.5s`, `2m`, `1h`, `500us`.
public final class TimeText {
    /// What to say is allowed.
    public static final String EXAMPLES = "such as 200ms, 1.5s or 2m";

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");
    private static final Map<String, Long> UNITS =
            Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private TimeText() {}

    /// The span in nanoseconds; nothing when the text is not of that form, has no unit, or is longer than nanoseconds can count.
    public static OptionalLong nanos(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long unit = UNITS.getOrDefault(parts.group(2), 1L);
        try {
            return OptionalLong.of(new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .toBigInteger()
                    .longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /// The span in the largest unit of milliseconds and seconds in which it is at least 1, for example `200ms` or `1.5s`.
    public static String of(long nanos) {
        boolean inSeconds = nanos >= 1_000_000_000L;
        String number =
                BigDecimal.valueOf(nanos, inSeconds ? 9 : 6).stripTrailingZeros().toPlainString();
        return number + (inSeconds ? "s" : "ms");
    }
}
