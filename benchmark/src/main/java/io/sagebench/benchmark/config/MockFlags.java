package io.sagebench.benchmark.config;

import io.sagebench.engine.latency.LatencyFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The flags of a mock engine, by the names of llm-d-inference-sim where it has them: on the command line, in files and in the environment.
public final class MockFlags {
    static final String HOST = "host";
    static final String PORT = "port";
    static final String BODY_MEGABYTES = "max-request-body-size-mb";
    static final String PROFILE = "profile";
    static final String MODEL = "model";
    static final String SERVED_NAMES = "served-model-name";
    static final String MODEL_LENGTH = "max-model-len";
    static final String SEQUENCES = "max-num-seqs";
    static final String BATCHED_TOKENS = "max-num-batched-tokens";
    static final String BLOCK_SIZE = "block-size";
    static final String BLOCKS = "num-gpu-blocks-override";
    static final String WAITING = "max-waiting-queue-length";
    static final String SCHEDULING = "scheduling-policy";
    static final String PREFIX_CACHING = "enable-prefix-caching";
    static final String SPECULATIVE_TOKENS = "speculative-tokens";
    static final String SPECULATIVE_ACCEPTANCE = "speculative-acceptance";
    static final String NOISE = "noise";
    static final String KV_CACHE = "enable-kvcache";
    static final String KV_CACHE_SIZE = "kv-cache-size";
    static final String FAULTS = "faults";
    static final String FAILURE_RATE = "failure-injection-rate";
    static final String FAILURE_TYPES = "failure-types";
    static final String MODE = "mode";
    static final String LENGTHS = "output-lengths";
    static final String STARTUP = "startup-duration";
    static final String SLEEP_MODE = "enable-sleep-mode";
    static final String REQUEST_ID_HEADERS = "enable-request-id-headers";
    static final String DIMENSIONS = "default-embedding-dimensions";
    static final String DATA_PARALLEL = "data-parallel-size";
    static final String SEED = "seed";

    /// Other names of flags.
    public static final Map<String, String> ALIASES = Map.of("num-gpu-blocks", BLOCKS);

    /// Flags of llm-d-inference-sim and vLLM that are taken and do nothing, there or here.
    public static final List<String> IGNORED = List.of(
            "enforce-eager",
            "tensor-parallel-size",
            "mm-processor-kwargs",
            "ec-transfer-config",
            "force-dummy-tokenizer",
            "hash-seed",
            "log-http",
            "v");

    /// Flags of llm-d-inference-sim for what there is not here.
    public static final List<String> UNSUPPORTED = List.of(
            "lora-modules",
            "max-loras",
            "max-cpu-loras",
            "zmq-endpoint",
            "zmq-max-connect-attempts",
            "event-batch-size",
            "use-vllm-map-event-format",
            "kv-events-replay-endpoint",
            "kv-events-replay-queue-size",
            "global-cache-hit-threshold",
            "dataset-path",
            "dataset-url",
            "dataset-in-memory",
            "dataset-table-name",
            "ssl-certfile",
            "ssl-keyfile",
            "self-signed-certs",
            "render-url",
            "render-timeout",
            "mm-render-timeout",
            "mm-encoder-only",
            "omni",
            "image-emission-rate",
            "time-to-generate-image",
            "time-to-generate-image-std-dev",
            "fake-metrics",
            "fake-metrics-refresh-interval",
            "uds-socket-path",
            "tokenizers-cache-dir",
            "data-parallel-rank",
            "max-tool-call-integer-param",
            "min-tool-call-integer-param",
            "max-tool-call-number-param",
            "min-tool-call-number-param",
            "max-tool-call-array-param-length",
            "min-tool-call-array-param-length",
            "tool-call-not-required-param-probability",
            "object-tool-call-not-required-field-probability",
            "skip-tool-validation",
            "tool-call-extra-call-probability");

    /// Flags that work, but for the latencies.
    private static final List<String> OWN = List.of(
            HOST, PORT, BODY_MEGABYTES, PROFILE, MODEL, SERVED_NAMES, MODEL_LENGTH, SEQUENCES, BATCHED_TOKENS, BLOCK_SIZE, BLOCKS,
            WAITING, SCHEDULING, PREFIX_CACHING, SPECULATIVE_TOKENS, SPECULATIVE_ACCEPTANCE, NOISE, KV_CACHE, KV_CACHE_SIZE, FAULTS,
            FAILURE_RATE, FAILURE_TYPES, MODE, LENGTHS, STARTUP, SLEEP_MODE, REQUEST_ID_HEADERS, DIMENSIONS, DATA_PARALLEL, SEED);

    /// Flags that mean something only to an engine that takes steps.
    static final List<String> STEPWISE_ONLY = List.of(
            BATCHED_TOKENS, BLOCKS, SCHEDULING, SPECULATIVE_TOKENS, SPECULATIVE_ACCEPTANCE, NOISE);

    /// Further flags that mean nothing to an engine that embeds or that serves several models.
    static final List<String> GENERATION_ONLY = List.of(SEQUENCES, MODEL_LENGTH, BLOCK_SIZE, PREFIX_CACHING, KV_CACHE);

    private MockFlags() {}

    /// All flags that work.
    public static List<String> working() {
        var all = new ArrayList<>(OWN);
        all.addAll(LatencyFlags.NAMES);
        return all;
    }

    /// What is wrong with the name of a flag, if anything.
    static Optional<String> problemWith(String flag) {
        if (working().contains(flag) || IGNORED.contains(flag)) {
            return Optional.empty();
        }
        return Optional.of(UNSUPPORTED.contains(flag)
                ? flag + " of llm-d-inference-sim is not supported here; leave it out"
                : "unknown flag '" + flag + "'" + DidYouMean.hint(working(), flag));
    }
}
