package io.sagebench.controlplane;

import io.sagebench.metrics.LatencySummary;
import java.util.Optional;

/// What became of the requests of one group, and how long it took. Percentiles come from histograms with two digits.
///
/// @param group     whose
/// @param completed ended well
/// @param failed    their engines failed
/// @param cancelled their clients left
/// @param refused   at once or later, for want of room or time
/// @param invalid   refused for a mistake of their clients, see [Refusal.Reason#isMistakeOfClient]
/// @param sloMet    of all but the invalid, how many kept what they were promised
/// @param retries   further tries after failures
/// @param queueWait of those dispatched
/// @param ttft      arrival to first token
/// @param tpot      mean gap between tokens, of answers with two or more
/// @param endToEnd  arrival to end, of those completed
public record GroupMetrics(
        RequestGroup group,
        long completed,
        long failed,
        long cancelled,
        long refused,
        long invalid,
        long sloMet,
        long retries,
        Optional<LatencySummary> queueWait,
        Optional<LatencySummary> ttft,
        Optional<LatencySummary> tpot,
        Optional<LatencySummary> endToEnd) {

    /// All that ended and could have kept what they were promised: not the invalid.
    public long ended() {
        return completed + failed + cancelled + refused;
    }

    /// The share of these which kept what they were promised; 0 before any has.
    public double attainment() {
        return ended() == 0 ? 0 : (double) sloMet / ended();
    }
}
