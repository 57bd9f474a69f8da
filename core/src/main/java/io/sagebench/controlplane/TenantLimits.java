package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How much one tenant may ask for.
///
/// @param requestsPerSecond in the long run; absent for no limit
/// @param burst             requests that may come at once after a pause, at least 1
/// @param maxInFlight       requests queued and running at a time; absent for no limit
public record TenantLimits(OptionalDouble requestsPerSecond, int burst, OptionalInt maxInFlight) {
    /// No limits.
    public static final TenantLimits NONE = new TenantLimits(OptionalDouble.empty(), 1, OptionalInt.empty());

    public TenantLimits {
        requestsPerSecond.ifPresent(rate -> Check.positive(rate, "requestsPerSecond"));
        Check.atLeast(1, burst, "burst");
        maxInFlight.ifPresent(most -> Check.atLeast(1, most, "maxInFlight"));
    }

    /// The same with a rate.
    public TenantLimits withRate(double perSecond, int atOnce) {
        return new TenantLimits(OptionalDouble.of(perSecond), atOnce, maxInFlight);
    }

    /// The same with a limit on what is in flight.
    public TenantLimits withMaxInFlight(int most) {
        return new TenantLimits(requestsPerSecond, burst, OptionalInt.of(most));
    }
}
