package io.sagebench.engine;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What an engine said of its own load the last time it was asked. Others may use it too, so this can be more than what was sent to it from here.
/// What an engine does not tell is absent.
///
/// @param sampledAtNanos when it said so
/// @param running        requests it works on
/// @param waiting        requests in its own queue
/// @param kvUsage        share of its KV cache in use by these, from 0 to 1
public record ReportedLoad(long sampledAtNanos, OptionalLong running, OptionalLong waiting, OptionalDouble kvUsage) {
    /// How old it may be and still count, in nanoseconds: as long as for the endpoint picker of the Kubernetes inference gateway. At the load that needs
    /// deciding, an older one describes requests that are gone.
    public static final long MOST_AGE_NANOS = 200_000_000;

    /// Whether it counts at that time.
    public boolean isFresh(long nowNanos) {
        return nowNanos - sampledAtNanos <= MOST_AGE_NANOS;
    }
}
