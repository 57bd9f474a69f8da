package io.sagebench.report.json;

import java.math.BigDecimal;
import java.time.Instant;

/// A moment as layout "1.0" writes it: seconds since 1970 with a fraction. Exact to the nanosecond, which a double is not.
final class EpochSeconds {
    private static final int NANO_DIGITS = 9;

    private EpochSeconds() {}

    static BigDecimal of(Instant moment) {
        var seconds = BigDecimal.valueOf(moment.getEpochSecond()).add(BigDecimal.valueOf(moment.getNano(), NANO_DIGITS));
        var shortest = seconds.stripTrailingZeros();
        return shortest.scale() < 1 ? shortest.setScale(1) : shortest; // a negative scale would print an exponent
    }
}
