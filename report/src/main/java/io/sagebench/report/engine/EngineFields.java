package io.sagebench.report.engine;

import io.sagebench.report.engine.EngineField.Better;
import io.sagebench.report.engine.EngineField.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of the engine metrics contract, in the order of the files.
public final class EngineFields {
    private static final Map<String, EngineField> BY_KEY = new LinkedHashMap<>();

    static {
        distribution("ttft_ms", "time to first token: from when a request was to be sent to its first content");
        distribution("tbt_ms", "time between tokens of a request: (last token - first token) / (tokens - 1), each request counting once;"
                + " what vLLM and SGLang call TPOT");
        distribution("tpot_ms", "time per output token of a request, the first included: (last token - sent) / tokens");
        distribution("itl_ms", "gaps between consecutive pieces of an answer, those of all requests together");
        distribution("e2el_ms", "end-to-end latency: from when a request was to be sent to its last content");
        for (String statistic : List.of("avg", "p50", "p95", "p99", "std")) {
            alias(statistic + "_e2e_ms", statistic + "_e2el_ms");
        }
        add("ttft_samples", Unit.COUNT, Better.NEITHER, "requests behind the figures of the time to first token");
        add("tbt_samples", Unit.COUNT, Better.NEITHER, "requests behind the figures of the time between tokens");
        add("itl_samples", Unit.COUNT, Better.NEITHER, "gaps behind the figures of the inter-token latency");
        add("e2el_samples", Unit.COUNT, Better.NEITHER, "requests behind the figures of the end-to-end latency and of the time per token");
        add("avg_throughput_tps", Unit.TOKENS_PER_SECOND, Better.HIGHER,
                "mean speed of a single request: its output tokens / its end-to-end latency; not what the engine puts out with several at once");
        add("request_throughput_rps", Unit.REQUESTS_PER_SECOND, Better.HIGHER, "successful_requests / total_time_s");
        add("input_throughput_tps", Unit.TOKENS_PER_SECOND, Better.HIGHER, "total_input_tokens / total_time_s");
        add("output_throughput_tps", Unit.TOKENS_PER_SECOND, Better.HIGHER, "total_output_tokens / total_time_s");
        add("total_throughput_tps", Unit.TOKENS_PER_SECOND, Better.HIGHER, "(total_input_tokens + total_output_tokens) / total_time_s");
        add("total_input_tokens", Unit.TOKENS, Better.NEITHER, "prompt tokens of the successful requests");
        add("total_output_tokens", Unit.TOKENS, Better.NEITHER, "output tokens of the successful requests");
        add("requested_input_tokens", Unit.TOKENS, Better.NEITHER, "prompt tokens that the workload meant these requests to have");
        add("requested_output_tokens", Unit.TOKENS, Better.NEITHER, "output tokens that the workload asked of them");
        add("peak_mem_mb", Unit.WHOLE_MEGABYTES, Better.LOWER, "most memory in use while requests were sent; sources.memory says whose");
        add("avg_mem_mb", Unit.MEGABYTES, Better.LOWER, "mean of the same samples");
        add("error_rate", Unit.SHARE, Better.LOWER, "failed_requests / total_requests");
        add("total_requests", Unit.COUNT, Better.NEITHER, "measured requests, however they ended");
        add("successful_requests", Unit.COUNT, Better.NEITHER, "those whose answer was complete");
        add("failed_requests", Unit.COUNT, Better.LOWER, "all others: refused, broken off, empty, too late");
        add("timeout_requests", Unit.COUNT, Better.LOWER, "of these, those that a time limit ended");
        add("rejected_requests", Unit.COUNT, Better.LOWER, "of these, those that the engine refused with status 429 or 503");
        add("peak_concurrency", Unit.COUNT, Better.NEITHER, "most requests in flight at once");
        add("kv_used_tokens", Unit.TOKENS, Better.NEITHER, "most tokens seen in the KV cache at once, by the engine's own metrics");
        alias("total_kv_used_tokens", "kv_used_tokens");
        add("kv_used_bytes", Unit.BYTES, Better.NEITHER, "the same in bytes");
        alias("total_kv_used_bytes", "kv_used_bytes");
        add("prefix_hit_rate", Unit.SHARE, Better.HIGHER, "share of prompt tokens that came from the prefix cache");
        alias("avg_prefix_hit_rate", "prefix_hit_rate");
        add("evict_count", Unit.COUNT, Better.LOWER, "running requests that had to give up their place in the KV cache");
        alias("total_evict_count", "evict_count");
        add("evict_ms", Unit.MILLISECONDS, Better.LOWER, "time spent on that");
        alias("total_evict_ms", "evict_ms");
        add("spec_accept_rate", Unit.SHARE, Better.HIGHER, "share of guessed tokens that were right, with speculative decoding");
        alias("avg_spec_accept_rate", "spec_accept_rate");
        add("total_time_s", Unit.SECONDS, Better.LOWER, "from when the first request was to be sent to the end of the last");
        add("start_time", Unit.EPOCH_SECONDS, Better.NEITHER, "when the first request was to be sent");
        add("end_time", Unit.EPOCH_SECONDS, Better.NEITHER, "when the last request had ended");
    }

    private EngineFields() {}

    private static void distribution(String name, String what) {
        Map<String, String> statistics = new LinkedHashMap<>();
        statistics.put("avg", "mean");
        statistics.put("p50", "median");
        statistics.put("p95", "95th percentile");
        statistics.put("p99", "99th percentile");
        statistics.put("std", "sample standard deviation, 0 for a single sample");
        statistics.forEach((key, statistic) -> add(
                key + '_' + name, Unit.MILLISECONDS, Better.LOWER, key.equals("avg") ? "mean " + what : statistic + " of the same"));
    }

    private static void add(String key, Unit unit, Better better, String meaning) {
        BY_KEY.put(key, new EngineField(key, unit, better, Optional.empty(), meaning));
    }

    private static void alias(String key, String of) {
        EngineField original = named(of).orElseThrow();
        BY_KEY.put(key, new EngineField(key, original.unit(), original.better(), Optional.of(of), "the same as " + of));
    }

    /// All of them.
    public static List<EngineField> all() {
        return List.copyOf(BY_KEY.values());
    }

    /// The field of that name, if there is one.
    public static Optional<EngineField> named(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /// All names of the field that `key` names, that one first.
    static List<String> namesOf(String key) {
        String original = named(key).flatMap(EngineField::aliasOf).orElse(key);
        var names = new ArrayList<String>();
        names.add(key);
        if (!original.equals(key)) {
            names.add(original);
        }
        for (EngineField field : BY_KEY.values()) {
            if (field.aliasOf().filter(original::equals).isPresent() && !field.key().equals(key)) {
                names.add(field.key());
            }
        }
        return Collections.unmodifiableList(names);
    }
}
