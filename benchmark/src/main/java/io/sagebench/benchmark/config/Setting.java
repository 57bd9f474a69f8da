package io.sagebench.benchmark.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Everything that can be configured, by its stable name.
public enum Setting {
    CONTROL_PLANE_URL,
    /// Only as an option and in the environment: it belongs to the machine, not to the load.
    CA_FILE,
    SIMULATE,
    POLICIES(Shape.LIST),
    POLICY,
    MODE,
    LLM_RATIO,
    EMBEDDING_RATIO,
    GENERATE_RATIO,
    NUM_REQUESTS,
    REQUEST_RATE,
    ARRIVAL_PATTERN,
    BURSTINESS,
    BURST_SIZE,
    BURST_INTERVAL,
    ON_SECONDS,
    OFF_SECONDS,
    OFF_RATE_SHARE,
    WAVE_AMPLITUDE,
    WAVE_PERIOD_SECONDS,
    RAMP(Shape.LIST),
    CONCURRENCY,
    MAX_IN_FLIGHT,
    /// A named workload or a file of one: gives what nothing else says.
    WORKLOAD,
    /// Where prompts come from.
    DATASET,
    /// Where texts to embed come from.
    EMBEDDING_DATASET,
    /// Counts tokens as the model does.
    TOKENIZER,
    /// How many requests a conversation has.
    TURNS(Shape.RANGE),
    THINK_TIME_SECONDS,
    TRACE,
    TRACE_SPEED,
    DURATION,
    MODEL_DISTRIBUTION(Shape.MAP),
    PRIORITY_DISTRIBUTION(Shape.MAP),
    CRITICAL_PRIORITY_DEADLINE_MS,
    HIGH_PRIORITY_DEADLINE_MS,
    NORMAL_PRIORITY_DEADLINE_MS,
    LOW_PRIORITY_DEADLINE_MS,
    BACKGROUND_PRIORITY_DEADLINE_MS,
    EMBEDDING_CRITICAL_PRIORITY_DEADLINE_MS,
    EMBEDDING_HIGH_PRIORITY_DEADLINE_MS,
    EMBEDDING_NORMAL_PRIORITY_DEADLINE_MS,
    EMBEDDING_LOW_PRIORITY_DEADLINE_MS,
    EMBEDDING_BACKGROUND_PRIORITY_DEADLINE_MS,
    TTFT_DEADLINE_MS,
    TPOT_DEADLINE_MS,
    /// One deadline for prompts of all priorities.
    LLM_SLO_DEADLINE_MS,
    /// One deadline for texts to embed of all priorities.
    EMBEDDING_SLO_DEADLINE_MS,
    PROMPT_LEN_RANGE(Shape.RANGE),
    OUTPUT_LEN_RANGE(Shape.RANGE),
    EMBEDDING_MODEL,
    EMBEDDING_BATCH_SIZES(Shape.LIST),
    EMBEDDING_TEXT_LEN_RANGE(Shape.RANGE),
    WARMUP_REQUESTS,
    /// The pause before the next policy.
    SETTLE_SECONDS,
    /// Whether a few prompts are sent twice first.
    CACHE_PROBE,
    /// Who tells of the GPUs of this machine.
    GPU_MONITOR,
    MONITOR_INTERVAL_SECONDS,
    /// Pages of metrics that are asked for while it is measured.
    SCRAPE(Shape.LIST),
    ENABLE_STREAMING,
    IGNORE_EOS,
    TIMEOUT_SECONDS,
    CONNECT_TIMEOUT_SECONDS,
    FIRST_BYTE_TIMEOUT_SECONDS,
    IDLE_TIMEOUT_SECONDS,
    SEED,
    REPEATS,
    SIMULATED(Shape.LIST),
    INSTANCES,
    ENGINE_PROFILE,
    MAX_NUM_SEQS,
    FAULTS,
    /// Limits that must not be missed.
    FAIL_ON(Shape.LIST),
    CONTINUE_ON_ERROR,
    OUTPUT_DIR,
    /// Whether a page, a text and pictures are made of the results.
    AUTO_VISUALIZE;

    /// The group of the deadlines in a file.
    public static final String SLO_GROUP = "slo_config";

    private static final String DEADLINE = "_deadline_ms";
    private static final String PRIORITY_DEADLINE = "_priority_deadline_ms";

    private final Shape shape;

    Setting() {
        this(Shape.SCALAR);
    }

    Setting(Shape shape) {
        this.shape = shape;
    }

    /// How an option writes the value.
    enum Shape {
        SCALAR,
        /// `a,b,c`
        LIST,
        /// `a=1,b=2`
        MAP,
        /// `1-2`
        RANGE
    }

    /// Its name in files and reports.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    Shape shape() {
        return shape;
    }

    /// Whether it stands inside `slo_config` in a file.
    boolean isDeadline() {
        return key().endsWith(DEADLINE) && this != LLM_SLO_DEADLINE_MS && this != EMBEDDING_SLO_DEADLINE_MS;
    }

    /// The setting of that key in a file, whether in a group or not.
    static Optional<Setting> named(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst().or(() -> Optional.ofNullable(aliases().get(key)));
    }

    /// Other names of settings in files. `concurrent_requests` is what an earlier tool called its limit on requests in flight.
    static Map<String, Setting> aliases() {
        return Map.of(
                "dataset_path", DATASET,
                "llm_dataset_path", DATASET,
                "embedding_dataset_path", EMBEDDING_DATASET,
                "llm_model_distribution", MODEL_DISTRIBUTION,
                "embedding_batch_size", EMBEDDING_BATCH_SIZES,
                "concurrent_requests", MAX_IN_FLIGHT);
    }

    /// The deadline of that name, if there is one: a priority such as `HIGH`, the same for texts such as `EMBEDDING_HIGH`, `TTFT` or `TPOT`.
    static Optional<Setting> deadlineNamed(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(Setting::isDeadline)
                .filter(setting -> setting.key().equals(key + PRIORITY_DEADLINE) || setting.key().equals(key + DEADLINE))
                .findFirst();
    }
}
