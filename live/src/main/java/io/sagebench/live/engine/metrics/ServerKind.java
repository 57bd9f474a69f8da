package io.sagebench.live.engine.metrics;

import io.sagebench.live.engine.metrics.MetricSamples.Sample;
import io.sagebench.live.engine.metrics.Reading.Counter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Which program an inference server is: whose names its metrics have. Names are compared whole, since some begin with others.
public enum ServerKind {
    /// vLLM, and the mock engine that is shaped like it.
    VLLM("vllm:") {
        @Override
        Reading read(MetricSamples page) {
            OptionalDouble usage = page.mean("vllm:kv_cache_usage_perc");
            if (usage.isEmpty()) {
                usage = page.mean("vllm:gpu_cache_usage_perc"); // before 0.9
            }
            var reading = new Reading.Builder()
                    .running(page.sum("vllm:num_requests_running"))
                    .waiting(waitingForRoom(page))
                    .kvUsage(usage)
                    .kvUsedTokens(times(usage, kvTokens(page)))
                    .counter(Counter.PREEMPTIONS, page.sum("vllm:num_preemptions_total"))
                    .counter(Counter.GUESSED_TOKENS, page.sum("vllm:spec_decode_num_draft_tokens_total"))
                    .counter(Counter.ACCEPTED_TOKENS, page.sum("vllm:spec_decode_num_accepted_tokens_total"));
            String bySource = "vllm:prompt_tokens_by_source_total";
            if (page.has(bySource)) {
                reading.counter(Counter.PROMPT_TOKENS, page.sum(bySource))
                        .counter(
                                Counter.PROMPT_TOKENS_FROM_CACHE,
                                page.sum(bySource, sample -> sample.label("source").equals("local_cache_hit")));
            } else {
                reading.counter(Counter.PROMPT_TOKENS, page.sum("vllm:prefix_cache_queries_total"))
                        .counter(Counter.PROMPT_TOKENS_FROM_CACHE, page.sum("vllm:prefix_cache_hits_total"));
            }
            return reading.build();
        }

        private OptionalDouble waitingForRoom(MetricSamples page) {
            OptionalDouble forRoom = page.sum(
                    "vllm:num_requests_waiting_by_reason", sample -> sample.label("reason").equals("capacity"));
            return forRoom.isPresent() ? forRoom : page.sum("vllm:num_requests_waiting");
        }

        @Override
        public OptionalLong kvTokens(MetricSamples page) {
            long tokens = 0;
            for (Sample sample : page.named("vllm:cache_config_info")) {
                tokens += positive(sample.label("num_gpu_blocks")) * positive(sample.label("block_size"));
            }
            return tokens > 0 ? OptionalLong.of(tokens) : OptionalLong.empty();
        }
    },

    /// SGLang, when started with `--enable-metrics`.
    SGLANG("sglang:") {
        @Override
        Reading read(MetricSamples page) {
            OptionalDouble usage = page.max("sglang:token_usage");
            String prompts = "sglang:prefill_effective_tokens_total";
            return new Reading.Builder()
                    .running(page.sum("sglang:num_running_reqs"))
                    .waiting(page.sum("sglang:num_queue_reqs"))
                    .kvUsage(usage.isPresent() ? usage : page.max("sglang:full_token_usage"))
                    .kvUsedTokens(page.sum("sglang:kv_used_tokens"))
                    .prefixHitRate(page.mean("sglang:cache_hit_rate"))
                    .acceptRate(page.mean("sglang:spec_accept_rate"))
                    .counter(Counter.PREEMPTIONS, page.sum("sglang:num_retracted_requests_total"))
                    .counter(Counter.PROMPT_TOKENS, page.sum(prompts))
                    .counter(Counter.PROMPT_TOKENS_FROM_CACHE, hits(page, prompts))
                    .build();
        }

        /// The mode of each says where the tokens came from, `..._hit` when from a cache.
        private OptionalDouble hits(MetricSamples page, String prompts) {
            OptionalDouble hits = page.sum(
                    prompts, sample -> sample.labels().values().stream().anyMatch(value -> value.endsWith("_hit")));
            return hits.isEmpty() && page.has(prompts) ? OptionalDouble.of(0) : hits;
        }

        @Override
        public OptionalLong kvTokens(MetricSamples page) {
            OptionalDouble most = page.sum("sglang:max_total_num_tokens");
            return most.isPresent() && most.getAsDouble() >= 1
                    ? OptionalLong.of(Math.round(most.getAsDouble()))
                    : OptionalLong.empty();
        }
    },

    /// LMDeploy.
    LMDEPLOY("lmdeploy:") {
        @Override
        Reading read(MetricSamples page) {
            return new Reading.Builder()
                    .running(page.sum("lmdeploy:num_requests_running"))
                    .waiting(page.sum("lmdeploy:num_requests_waiting"))
                    .kvUsage(page.mean("lmdeploy:gpu_cache_usage_perc"))
                    .prefixHitRate(page.mean("lmdeploy:prefix_cache_hit_rate"))
                    .acceptRate(page.mean("lmdeploy:spec_decode_mean_accept_rate"))
                    .build();
        }
    },

    /// Text Generation Inference. `tgi_batch_current_max_tokens` is a budget, so its KV cache stays unknown.
    TGI("tgi_") {
        @Override
        Reading read(MetricSamples page) {
            return new Reading.Builder()
                    .running(page.sum("tgi_batch_current_size"))
                    .waiting(page.sum("tgi_queue_size"))
                    .build();
        }
    },

    /// Text Embeddings Inference, which tells its queue only.
    TEI("te_") {
        @Override
        Reading read(MetricSamples page) {
            return new Reading.Builder().waiting(page.sum("te_queue_size")).build();
        }
    },

    /// TensorRT-LLM's `trtllm-serve`.
    TRTLLM("trtllm_") {
        @Override
        Reading read(MetricSamples page) {
            OptionalDouble usage = page.mean("trtllm_kv_cache_utilization");
            return new Reading.Builder()
                    .running(page.sum("trtllm_num_requests_running"))
                    .waiting(page.sum("trtllm_num_requests_waiting"))
                    .kvUsage(usage)
                    .kvUsedTokens(times(usage, kvTokens(page)))
                    .build();
        }

        @Override
        public OptionalLong kvTokens(MetricSamples page) {
            OptionalDouble blocks = page.sum("trtllm_kv_cache_max_blocks");
            OptionalDouble tokens = page.max("trtllm_kv_cache_tokens_per_block");
            return blocks.isPresent() && tokens.isPresent() && blocks.getAsDouble() * tokens.getAsDouble() >= 1
                    ? OptionalLong.of(Math.round(blocks.getAsDouble() * tokens.getAsDouble()))
                    : OptionalLong.empty();
        }
    },

    /// Any other server that speaks the OpenAI API. Nothing is known of its metrics.
    OPENAI("") {
        @Override
        Reading read(MetricSamples page) {
            return new Reading.Builder().build();
        }
    };

    private static final List<ServerKind> TOLD_BY_METRICS =
            Arrays.stream(values()).filter(kind -> !kind.prefix.isEmpty()).toList();

    private final String prefix;

    ServerKind(String prefix) {
        this.prefix = prefix;
    }

    /// What a page of this kind says.
    abstract Reading read(MetricSamples page);

    /// The tokens its KV cache holds, all engines behind the page together; absent when the page does not tell.
    public OptionalLong kvTokens(MetricSamples page) {
        return OptionalLong.empty();
    }

    /// The name in files and messages.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of that wire name, if there is one.
    public static Optional<ServerKind> named(String wireName) {
        return Arrays.stream(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
    }

    /// The kind whose page tells load; absent when it tells none that is known.
    static Optional<ServerKind> of(MetricSamples page) {
        return TOLD_BY_METRICS.stream()
                .filter(kind -> {
                    Reading reading = kind.read(page);
                    return reading.running().isPresent() || reading.waiting().isPresent() || reading.kvUsage().isPresent();
                })
                .findFirst();
    }

    /// Whether a metric can be one of a kind that is known, and not a bucket of a histogram.
    public static boolean mayKnow(String metric) {
        return !metric.endsWith("_bucket") && TOLD_BY_METRICS.stream().anyMatch(kind -> metric.startsWith(kind.prefix));
    }

    private static OptionalDouble times(OptionalDouble share, OptionalLong tokens) {
        return share.isPresent() && tokens.isPresent()
                ? OptionalDouble.of(share.getAsDouble() * tokens.getAsLong())
                : OptionalDouble.empty();
    }

    /// The number in a label, or 0 when there is none: vLLM writes `None` until it knows.
    private static long positive(String label) {
        return label.matches("[1-9]\\d{0,11}") ? Long.parseLong(label) : 0;
    }
}
