package io.sagebench.metrics;

import io.sagebench.metrics.Validity.Verdict;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// Judges whether the load generator kept up: the 99th percentile of its send lag is at most 5 ms or 5 % of the median TTFT, whichever is more,
/// and its own processor, garbage collector and sockets had room. That TTFT counts from the real send: from the intended one, a client that is late would
/// widen its own limit.
final class ValidityRule {
    private static final double LEAST_LAG_LIMIT_NANOS = 5e6;
    private static final double LAG_SHARE_OF_TTFT = 0.05;
    private static final double MOST_CPU = 0.95;
    /// A pause stamps late what came during it: beyond one percent of the time, the 99th percentiles are the pauses'.
    private static final double MOST_PAUSED = 0.01;

    private ValidityRule() {}

    static Validity judge(
            Optional<LatencySummary> sendLag, Optional<LatencySummary> ttftSinceSent, ClientHealth health) {
        var reasons = new ArrayList<String>();
        double limit = Math.max(
                LEAST_LAG_LIMIT_NANOS, LAG_SHARE_OF_TTFT * ttftSinceSent.map(LatencySummary::p50).orElse(0.0));
        sendLag.filter(lag -> lag.p99() > limit)
                .ifPresent(lag -> reasons.add(String.format(
                        Locale.ROOT,
                        "send lag p99 is %.1f ms, above %.1f ms: requests left later than planned",
                        lag.p99() / 1e6,
                        limit / 1e6)));
        if (health.heldBack() > 0) {
            reasons.add("the limit on requests in flight (--max-in-flight) held " + health.heldBack()
                    + " sends back: the server was offered less than planned");
        }
        health.cpuShare()
                .stream()
                .filter(share -> share > MOST_CPU)
                .forEach(share -> reasons.add(String.format(
                        Locale.ROOT, "the process used %.0f %% of all processor cores", share * 100)));
        health.pausedShare()
                .stream()
                .filter(share -> share > MOST_PAUSED)
                .forEach(share -> reasons.add(String.format(
                        Locale.ROOT,
                        "garbage collection paused the process for %.1f %% of the time, up to %.0f ms at once",
                        share * 100,
                        health.longestPauseNanos() / 1e6)));
        if (health.localSocketErrors() > 0) {
            reasons.add(health.localSocketErrors()
                    + " connections failed for want of local file descriptors or ports (see ulimit -n)");
        }
        return new Validity(reasons.isEmpty() ? Verdict.VALID : Verdict.CLIENT_LIMITED, reasons);
    }
}
