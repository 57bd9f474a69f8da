package io.sagebench.controlplane;

import io.sagebench.request.Check;
import java.time.Duration;
import java.util.Optional;

/// What a control plane does about engines that fail.
///
/// @param probes     absent when engines are not asked: then they count as ready as soon as they are known
/// @param breaker    absent when engines are trusted whatever they do
/// @param retries    of requests
/// @param phases     absent when engines may be silent as long as they like
/// @param drainLimit how long what runs on an engine that is to stop may go on
/// @param patience   how long a request waits while no engine for it works but one may come back; its own deadline may come first
public record FailureSettings(
        Optional<ProbeSettings> probes,
        Optional<BreakerSettings> breaker,
        RetrySettings retries,
        Optional<PhaseLimits> phases,
        Duration drainLimit,
        Duration patience) {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Each failure is passed on as it is: no probes, breakers, retries or limits. For measurements of what engines do by themselves.
    public static final FailureSettings PASSED_ON = new FailureSettings(
            Optional.empty(), Optional.empty(), RetrySettings.NONE, Optional.empty(), DRAIN_LIMIT, PATIENCE);

    /// All of it.
    public static final FailureSettings DEFAULT = new FailureSettings(
            Optional.of(ProbeSettings.DEFAULT),
            Optional.of(BreakerSettings.DEFAULT),
            RetrySettings.DEFAULT,
            Optional.of(PhaseLimits.DEFAULT),
            DRAIN_LIMIT,
            PATIENCE);

    /// The same without probes, which have a timeline never run out of events.
    public FailureSettings withoutProbes() {
        return new FailureSettings(Optional.empty(), breaker, retries, phases, drainLimit, patience);
    }

    public FailureSettings {
        Check.notNegative(drainLimit.toNanos(), "drainLimit");
        Check.notNegative(patience.toNanos(), "patience");
    }
}
