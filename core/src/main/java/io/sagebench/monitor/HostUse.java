package io.sagebench.monitor;

import java.util.Optional;
import java.util.OptionalDouble;

/// How busy the machine that sent the load was while something was measured.
///
/// @param samples       taken inside the windows
/// @param cpu           in percent of all its processors
/// @param processCpu    of this process, in percent of all its processors
/// @param memoryUsed    in MiB
/// @param memoryTotalMb in MiB
/// @param receivedBytes by all network interfaces but the loopback, in all windows
/// @param sentBytes     by the same
public record HostUse(
        long samples,
        Optional<Spread> cpu,
        Optional<Spread> processCpu,
        Optional<Spread> memoryUsed,
        OptionalDouble memoryTotalMb,
        OptionalDouble receivedBytes,
        OptionalDouble sentBytes) {}
