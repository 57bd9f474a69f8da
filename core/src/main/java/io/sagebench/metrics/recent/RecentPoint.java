package io.sagebench.metrics.recent;

import java.util.OptionalLong;

/// One second of the recent past.
///
/// @param second       which: whole seconds since the timeline began
/// @param policy       in force at its end; empty when none was
/// @param completed    requests that completed in it
/// @param met          of these, within every promise made to them
/// @param errors       requests that ended otherwise
/// @param outputTokens of those completed
/// @param ttft         times to first token, of the window that ends with this second
/// @param tpot         times per output token, of the same window
/// @param inFlight     requests in flight when it was last looked, if it was
/// @param queued       requests that waited then
public record RecentPoint(
        long second,
        String policy,
        int completed,
        int met,
        int errors,
        long outputTokens,
        LatencyPercentiles ttft,
        LatencyPercentiles tpot,
        OptionalLong inFlight,
        OptionalLong queued) {}
