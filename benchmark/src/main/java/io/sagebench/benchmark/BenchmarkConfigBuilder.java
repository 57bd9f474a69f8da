package io.sagebench.benchmark;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts a configuration together by the documented names. What is not said has the default of the program, and what the program would refuse is
/// refused here in the same words: all mistakes at once, by [#build].
///
/// Saying a thing again replaces what was said before. What is said here beats the environment, which beats the file, if they are asked.
public final class BenchmarkConfigBuilder {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> policyParameters = new LinkedHashMap<>();
    private Optional<Path> file = Optional.empty();
    private Map<String, String> environment = Map.of();
    private Optional<String> apiKey = Optional.empty();

    BenchmarkConfigBuilder() {}

    /// The control plane to measure: exactly that one. Without this, [#embedded] and [#simulated]: the one at `http://localhost:8080` if there is
    /// one, else the embedded one.
    public BenchmarkConfigBuilder controlPlaneUrl(String url) {
        return set("control_plane_url", url).set("simulate", false);
    }

    /// Measures the control plane that ships, with simulated engines, over real HTTP in this process.
    public BenchmarkConfigBuilder embedded() {
        return controlPlaneUrl("embedded");
    }

    /// Measures the same in virtual time, without sockets: minutes of load take seconds.
    public BenchmarkConfigBuilder simulated() {
        fields.remove("control_plane_url");
        return set("simulate", true);
    }

    /// The policies, each once, or `all`. Default: fifo, priority, slo_aware.
    public BenchmarkConfigBuilder policies(String... names) {
        return set("policies", List.of(names));
    }

    /// A parameter of a policy.
    public BenchmarkConfigBuilder policyParameter(String policy, String name, String value) {
        policyParameters.computeIfAbsent(policy, _ -> new LinkedHashMap<>()).put(name, value);
        return this;
    }

    /// Requests for each policy. Default: 100.
    public BenchmarkConfigBuilder numRequests(int requests) {
        return set("num_requests", requests);
    }

    /// Requests per second. Default: 10.
    public BenchmarkConfigBuilder requestRate(double perSecond) {
        return set("request_rate", perSecond);
    }

    /// How requests are spaced: poisson, uniform, gamma, weibull, burst, onoff, wave or batch. Default: poisson.
    public BenchmarkConfigBuilder arrivalPattern(String pattern) {
        return set("arrival_pattern", pattern);
    }

    /// For how long requests come. With [#numRequests], whichever ends first.
    public BenchmarkConfigBuilder duration(Duration span) {
        return set("duration", span);
    }

    /// A closed loop instead: so many callers, each of whom asks again when an answer has ended.
    public BenchmarkConfigBuilder concurrency(int callers) {
        return set("concurrency", callers);
    }

    /// Shares of the models that are asked for, with a sum of 1. Default: any model the server has.
    public BenchmarkConfigBuilder modelDistribution(Map<String, Double> shares) {
        return set("model_distribution", shares);
    }

    /// Shares of the priorities CRITICAL, HIGH, NORMAL, LOW and BACKGROUND, with a sum of 1. Default: HIGH 0.2, NORMAL 0.6, LOW 0.2.
    public BenchmarkConfigBuilder priorityDistribution(Map<String, Double> shares) {
        return set("priority_distribution", shares);
    }

    /// How long after its intended time a prompt of a priority must be complete. Default: HIGH 500 ms, NORMAL 1 s, LOW 2 s.
    public BenchmarkConfigBuilder deadline(String priority, Duration limit) {
        return set(priority.toLowerCase(Locale.ROOT) + "_priority_deadline_ms", limit);
    }

    /// Prompt lengths in tokens. Default: 50 to 500.
    public BenchmarkConfigBuilder promptLenRange(int shortest, int longest) {
        return set("prompt_len_range", List.of(shortest, longest));
    }

    /// Answer lengths in tokens. Default: 50 to 200.
    public BenchmarkConfigBuilder outputLenRange(int shortest, int longest) {
        return set("output_len_range", List.of(shortest, longest));
    }

    /// A named workload, or a file of one: says what nothing else says.
    public BenchmarkConfigBuilder workload(String nameOrFile) {
        return set("workload", nameOrFile);
    }

    /// Where prompts come from: `llm_prompts`, or a file. Without, they are made up.
    public BenchmarkConfigBuilder dataset(String nameOrFile) {
        return set("dataset", nameOrFile);
    }

    /// Sends texts to embed, and prompts to complete, beside chats.
    ///
    /// @param llmRatio the share of prompts, from 0 to 1; the others are texts
    public BenchmarkConfigBuilder hybrid(double llmRatio) {
        return set("mode", "hybrid").set("llm_ratio", llmRatio);
    }

    /// In hybrid mode, the model that embeds. Default: BAAI/bge-m3.
    public BenchmarkConfigBuilder embeddingModel(String name) {
        return set("embedding_model", name);
    }

    /// In hybrid mode, how many texts a request brings: one of these. Default: 1, 4, 8, 16, 32.
    public BenchmarkConfigBuilder embeddingBatchSizes(Integer... sizes) {
        return set("embedding_batch_sizes", List.of(sizes));
    }

    /// One deadline for prompts of all priorities.
    public BenchmarkConfigBuilder llmSloDeadline(Duration limit) {
        return set("llm_slo_deadline_ms", limit);
    }

    /// One deadline for texts to embed of all priorities.
    public BenchmarkConfigBuilder embeddingSloDeadline(Duration limit) {
        return set("embedding_slo_deadline_ms", limit);
    }

    /// Requests sent before the measured ones, and not counted. Default: 10.
    public BenchmarkConfigBuilder warmupRequests(int requests) {
        return set("warmup_requests", requests);
    }

    /// The limit for a whole request. Default: one minute.
    public BenchmarkConfigBuilder timeout(Duration limit) {
        return set("timeout_seconds", limit);
    }

    /// Whether answers are asked for as streams. Default: yes.
    public BenchmarkConfigBuilder enableStreaming(boolean streams) {
        return set("enable_streaming", streams);
    }

    /// Everything random follows from it. Default: 42.
    public BenchmarkConfigBuilder seed(long seed) {
        return set("seed", seed);
    }

    /// How often each policy is measured, in interleaved order. Default: once.
    public BenchmarkConfigBuilder repeats(int times) {
        return set("repeats", times);
    }

    /// How many simulated engines of which profile there are.
    ///
    /// @param profile the name of one, or a file
    public BenchmarkConfigBuilder engines(int instances, String profile) {
        return set("instances", instances).set("engine_profile", profile);
    }

    /// Leaves policies out that cannot be put in force, rather than ending the benchmark.
    public BenchmarkConfigBuilder continueOnError() {
        return set("continue_on_error", true);
    }

    /// Sent to servers as a bearer token; never printed or stored.
    public BenchmarkConfigBuilder apiKey(String secret) {
        apiKey = Optional.of(secret);
        return this;
    }

    /// Anything by its documented name (docs/reference/config.md).
    ///
    /// @param key   for example `burstiness`
    /// @param value a text as an option has it, a number, a boolean, a [Duration], or a list or a map of these
    public BenchmarkConfigBuilder set(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    /// Takes from a configuration file, YAML or JSON, what is not said here.
    public BenchmarkConfigBuilder file(Path path) {
        file = Optional.of(path);
        return this;
    }

    /// Takes from the environment what is not said here: `SAGE_CONTROL_PLANE_URL`, `SAGE_API_KEY` and so on. Without, it is not asked.
    public BenchmarkConfigBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /// Checks all of it.
    ///
    /// @throws InvalidConfiguration with every mistake there is
    public BenchmarkConfig build() {
        var draft = new ConfigDraft(Policies.installed().all().stream().map(PolicyFactory::name).toList());
        fields.forEach(draft::field);
        policyParameters.forEach((policy, values) ->
                values.forEach((name, value) -> draft.policyParameter(policy + "." + name + "=" + value)));
        apiKey.ifPresent(draft::apiKey);
        draft.environment(environment);
        file.ifPresent(draft::file);
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> throw new InvalidConfiguration(problems);
            case Checked.Valid(var settings) -> settings.config();
        };
    }

    /// The keys that were said, for a message.
    @Override
    public String toString() {
        return "a benchmark with " + fields.keySet();
    }
}
