package io.sagebench.live.server.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sagebench.engine.sim.EngineStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The body of `GET /metrics` in Prometheus' text format; of an engine, with vLLM's names, labels and buckets.
public final class MetricsPage {
    /// The media type of the text.
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final MetricSnapshots numbers;

    MetricsPage(MetricSnapshots numbers) {
        this.numbers = numbers;
    }

    /// The numbers as they are now. Called on the timeline.
    public static MetricsPage of(EngineFacts facts, EngineStats stats, SleepState sleep, EngineMetrics metrics) {
        var families = Families.ofVllm(facts.model());
        addGauges(families, facts, stats, sleep);
        addCacheCounters(families, stats);
        addTokenCounters(families, stats);
        addSpeculationCounters(families, stats);
        addRequestCounters(families, metrics);
        addLatencies(families, metrics);
        addSizes(families, metrics);
        return new MetricsPage(new MetricSnapshots(families.all()));
    }

    /// The text, in UTF-8. Safe for use by any thread.
    public byte[] text() {
        var text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, numbers, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toByteArray();
    }

    private static void addGauges(Families to, EngineFacts facts, EngineStats stats, SleepState sleep) {
        to.gauge("num_requests_running", "Number of requests in model execution batches.")
                .add(stats.running());
        to.gauge("num_requests_waiting", "Number of requests waiting to be processed.")
                .add(stats.waiting());
        var byReason = to.gauge("num_requests_waiting_by_reason", "Number of requests waiting, by reason.");
        byReason.add(stats.waiting(), "reason", "capacity");
        byReason.add(0, "reason", "deferred");
        to.gauge("kv_cache_usage_perc", "KV-cache usage. 1 means 100 percent usage.")
                .add(stats.kvUsage());
        var state = to.gauge("engine_sleep_state", "Engine sleep state: 1 for the state it is in.");
        for (SleepState each : SleepState.values()) {
            state.add(each == sleep ? 1 : 0, "sleep_state", each.wireName());
        }
        if (facts.blocks() > 0) {
            to.gauge("cache_config_info", "Information of the LLMEngine CacheConfig.")
                    .add(
                            1,
                            "block_size",
                            Integer.toString(facts.blockSize()),
                            "num_gpu_blocks",
                            Long.toString(facts.blocks()));
        }
        to.gauge("lora_requests_info", "Running stats on lora requests. This engine has no adapters.")
                .add(0, "max_lora", "0", "running_lora_adapters", "", "waiting_lora_adapters", "");
    }

    private static void addCacheCounters(Families to, EngineStats stats) {
        to.counter("prefix_cache_queries", "Prefix cache queries, in tokens.").add(stats.prefixQueryTokens());
        to.counter("prefix_cache_hits", "Prefix cache hits, in tokens.").add(stats.prefixHitTokens());
        to.counter("external_prefix_cache_queries", "External prefix cache queries, in tokens. There is no such cache.")
                .add(0);
        to.counter("external_prefix_cache_hits", "External prefix cache hits, in tokens. There is no such cache.")
                .add(0);
        to.counter("mm_cache_queries", "Multi-modal cache queries, in items. Prompts are text only.")
                .add(0);
        to.counter("mm_cache_hits", "Multi-modal cache hits, in items. Prompts are text only.")
                .add(0);
        to.counter("num_preemptions", "Cumulative number of preemptions.").add(stats.preemptions());
    }

    private static void addTokenCounters(Families to, EngineStats stats) {
        long computed = stats.promptTokens() - stats.cachedPromptTokens();
        to.counter("prompt_tokens", "Number of prefill tokens processed.").add(stats.promptTokens());
        var bySource = to.counter("prompt_tokens_by_source", "Number of prompt tokens, by where they came from.");
        bySource.add(computed, "source", "local_compute");
        bySource.add(stats.cachedPromptTokens(), "source", "local_cache_hit");
        bySource.add(0, "source", "external_kv_transfer");
        to.counter("prompt_tokens_cached", "Number of prompt tokens from a cache.")
                .add(stats.cachedPromptTokens());
        to.counter("generation_tokens", "Number of generation tokens processed.")
                .add(stats.generatedTokens());
    }

    private static void addSpeculationCounters(Families to, EngineStats stats) {
        long accepted = stats.acceptedPerPosition().stream().mapToLong(Long::longValue).sum();
        to.counter("spec_decode_num_drafts", "Number of spec decoding drafts.").add(stats.drafts());
        to.counter("spec_decode_num_draft_tokens", "Number of draft tokens.").add(stats.draftTokens());
        to.counter("spec_decode_num_accepted_tokens", "Number of accepted tokens.").add(accepted);
        var perPosition = to.counter(
                "spec_decode_num_accepted_tokens_per_pos", "Accepted tokens per draft position. Empty without speculation.");
        for (int i = 0; i < stats.acceptedPerPosition().size(); i++) {
            perPosition.add(stats.acceptedPerPosition().get(i), "position", Integer.toString(i));
        }
    }

    private static void addRequestCounters(Families to, EngineMetrics metrics) {
        var success = to.counter("request_success", "Count of processed requests, by how they ended.");
        for (FinishReason reason : FinishReason.values()) {
            success.add(metrics.ended(reason), "finished_reason", reason.wireName());
        }
        to.counter("corrupted_requests", "Corrupted requests, with NaNs in their logits. There are none here.")
                .add(0);
    }

    private static void addLatencies(Families to, EngineMetrics metrics) {
        to.histogram("time_to_first_token_seconds", "Histogram of time to first token in seconds.", metrics.timeToFirstToken);
        to.histogram("inter_token_latency_seconds", "Histogram of inter-token latency in seconds.", metrics.interToken);
        to.histogram(
                "time_per_output_token_seconds",
                "The name that inter_token_latency_seconds had before vLLM 0.11.",
                metrics.interToken);
        to.histogram(
                "request_time_per_output_token_seconds",
                "Histogram of time per output token of a request in seconds.",
                metrics.timePerOutputToken);
        to.histogram("e2e_request_latency_seconds", "Histogram of end-to-end request latency in seconds.", metrics.endToEnd);
        to.histogram("request_queue_time_seconds", "Histogram of time spent in WAITING phase.", metrics.queue);
        to.histogram("request_prefill_time_seconds", "Histogram of time spent in PREFILL phase.", metrics.prefill);
        to.histogram("request_decode_time_seconds", "Histogram of time spent in DECODE phase.", metrics.decode);
        to.histogram("request_inference_time_seconds", "Histogram of time spent in RUNNING phase.", metrics.inference);
    }

    private static void addSizes(Families to, EngineMetrics metrics) {
        to.histogram("iteration_tokens_total", "Histogram of tokens per engine step.", metrics.stepTokens);
        to.histogram("request_prompt_tokens", "Number of prefill tokens of a request.", metrics.promptTokens);
        to.histogram("request_generation_tokens", "Number of generation tokens of a request.", metrics.generatedTokens);
        to.histogram(
                "request_max_num_generation_tokens",
                "Histogram of the most generation tokens among the answers to a request.",
                metrics.mostGeneratedTokens);
        to.histogram("request_params_n", "Histogram of the n request parameter.", metrics.choices);
        to.histogram("request_params_max_tokens", "Histogram of the max_tokens request parameter.", metrics.maxTokens);
        to.histogram(
                "request_prefill_kv_computed_tokens",
                "Histogram of KV tokens computed in prefill, without cached ones.",
                metrics.computedPromptTokens);
    }
}
