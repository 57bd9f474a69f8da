package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.time.Duration;

/// How long ended requests are remembered, for those who ask what became of one.
///
/// @param most the most of them; 0 for none
/// @param age  for how long
public record HistorySettings(int most, Duration age) {
    /// 10,000 of the last ten minutes.
    public static final HistorySettings DEFAULT = new HistorySettings(10_000, Duration.ofMinutes(10));

    public HistorySettings {
        Check.notNegative(most, "most");
        Check.notNegative(age.toNanos(), "age");
    }
}
