package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.time.Duration;

/// When a request that its engine failed is tried on another one. Never after anything of its answer was sent, nor after its deadline.
///
/// @param most   retries of one request; 0 for none
/// @param budget retries of all, as a share of the requests admitted lately, so that a failing fleet is not loaded with retries on top
/// @param floor  retries of all that are allowed in any case within the window
/// @param window what counts as lately
public record RetrySettings(int most, double budget, int floor, Duration window) {
    /// No retries.
    public static final RetrySettings NONE = new RetrySettings(0, 0, 0, Duration.ofSeconds(10));

    /// Twice, a fifth of the requests of the last 10 s, but at least 10.
    public static final RetrySettings DEFAULT = new RetrySettings(2, 0.2, 10, Duration.ofSeconds(10));

    public RetrySettings {
        Check.notNegative(most, "most");
        Check.notNegative(budget, "budget");
        Check.notNegative(floor, "floor");
        Check.atLeast(1, window.toNanos(), "window");
    }
}
