package io.sagebench.report.json;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What each term of a report means, for whoever reads it without us.
final class Definitions {
    private static final String[][] TERMS = {
        {"intended", "when the plan says a request leaves; fixed before the run, whatever the server does"},
        {"sent", "when the request's bytes were handed to the operating system; send_lag = sent - intended"},
        {"first_token", "when the bytes with the first non-empty content, reasoning or tool-call text were read; an empty or role-only piece is no token"},
        {"ttft_ms", "time to first token: first token - intended, of completed streamed requests; from_send counts from sent instead"},
        {"e2e_latency_ms", "end-to-end latency: last content, or the whole body when not streamed, - intended, of completed requests; from_send counts from sent"},
        {"itl_ms", "gaps between consecutive pieces of content, all requests pooled"},
        {"tbt_ms", "the same gaps divided by the tokens in the piece that ends them; unknown when the server does not tell"},
        {"tpot_ms", "time per output token of each request: (last content - first token) / (tokens - 1)"},
        {"queue_ms", "wait in the control plane's queue, as its response headers tell"},
        {"tokens", "as the server's usage counts them, else as the model's tokenizer counts the text, else one for each piece of content, or for a whole answer one for every"
                + " four characters; output_sources and prompt_sources say which, for how many requests"},
        {"duration_seconds", "first intended time to last completion of the measured window; warm-up requests are extra and come before"},
        {"requests_per_second", "completed requests / duration"},
        {"tokens_per_second", "output tokens of completed requests / duration"},
        {"offered_requests_per_second", "planned requests over the time from the first to the last intended one"},
        {"compliance_rate", "requests that completed within their deadlines / all measured requests: failures, timeouts and rejections are misses"},
        {"goodput_rps", "requests that completed within their deadlines / duration"},
        {"fairness", "Jain's index of each tenant's (or priority's) on-time service divided by its max-min fair share, in prompt tokens + 2 x output tokens; worst_tenant_satisfaction is the smallest ratio, largest_tenant_gap_tokens the largest shortfall"},
        {"cost", "usd: the price of every engine for the measured window; busy_usd: of each engine for the time it had work (engine_busy_seconds); per_1k_tokens: for 1,000 prompt and output tokens of completed requests; null when a price is unknown"},
        {"ceiling", "true for a bound rather than a policy: it is told how long each answer will be, and is never named in summary"},
        {"not_run", "what a policy needs that the load or the engines do not offer; it was not measured, since it would have been another policy in effect"},
        {"degraded", "how a policy fell short of its rule with these engines, in the control plane's words"},
        {"request_counts", "total = completed + rejected + timeout + failed; rejected is status 429 or 503, timeout a limit of the client's"},
        {"percentiles", "interpolated linearly between samples at rank p / 100 * (n - 1), unless the group says otherwise"},
        {"p99_9", "null below 2995 samples: then not even the smallest and the largest sample hold it with 95 % confidence"},
        {"confidence", "low and high hold the truth in 95 of 100 such measurements: by order statistics for percentiles, by a circular block bootstrap for means, shares and rates, so that neighbours that depend on each other count as fewer (effective_samples)"},
        {"steady", "the same figures from where E2E had settled (MSER-5) to the last intended time, without the tail; never_steady when latencies went on to change"},
        {"littles_law", "mean_in_flight counted as requests were sent and ended; rate_times_latency from the records; both agree within 5 % when it holds"},
        {"significance", "whether the best of several policies is better than the others by more than chance; p_value is corrected for their number (Holm)"},
        {"gpu_metrics", "of GPUs while the policy was measured, all samples of all devices pooled; synthetic is true when made up; energy by the devices' counters or their power integrated over time, and per output token of completed requests only where the devices are the target's"},
        {"host_metrics", "of the machine that sent the load, between the first intended time and the last completion; network counts all interfaces but the loopback"},
        {"scraped", "pages of metrics that were asked for meanwhile; failures counts those that could not be read"},
        {"validity", "valid when the load generator kept its schedule; client_limited when its own limits may have shaped the numbers"},
        {"simulated", "with target.kind simulated all times are virtual: computed from a model of the engine, not measured"},
        {"times", "*_ms are milliseconds; start_time, end_time and *_time are seconds since 1970 (UTC), or of virtual time since the measurement began in a simulated run; moments such as sent_ms count from the start of the measured window"},
        {"unavailable", "the paths whose value is null because it could not be measured; 0 means a measured zero"},
    };

    private static final List<String> CHANGES = List.of(
            "timestamp is ISO 8601 in UTC; it was local time without a zone",
            "latencies count from the intended send time; they counted from the real send, which hides a late client or a full server (see from_send)",
            "slo.compliance_rate and slo.by_priority divide by all measured requests; they divided by completed ones",
            "request_counts.failed and errors.error_rate leave out rejected requests, which have their own count and rate",
            "throughput.duration_seconds starts at the first intended time; it started when the phase was scheduled",
            "throughput.tokens_per_second counts the server's usage where it tells; it counted pieces of the stream",
            "warm-up requests are not taken out of num_requests",
            "what is not known is null and named in unavailable; it was 0",
            "raw_results names a file when there are more than 10000 requests",
            "summary names a policy only when a request succeeded; equal bests are listed in summary.tied");

    private Definitions() {}

    static ObjectNode json() {
        ObjectNode json = Json.object();
        for (String[] term : TERMS) {
            json.put(term[0], term[1]);
        }
        var changes = json.putArray("changed_since_1_0");
        CHANGES.forEach(changes::add);
        return json;
    }
}
