package io.sagebench.benchmark.engine;

import io.sagebench.live.engine.metrics.ServerKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The engines there are. All are measured over HTTP by the same client; those in this process get a loopback port of their own.
public enum EngineBackend {
    /// A simulated engine with constant latencies, for trying things out and for CI.
    MOCK(
            "simulated engine with constant latencies, in this process",
            OptionalInt.empty(),
            Optional.of(ServerKind.VLLM),
            EnumSet.allOf(EngineCapability.class)),
    /// A real model computed in this process.
    CPU(
            "a real model on this machine's processors, in this process",
            OptionalInt.empty(),
            Optional.of(ServerKind.VLLM),
            EnumSet.allOf(EngineCapability.class)),
    /// vLLM's server.
    VLLM(
            "vLLM ('vllm serve MODEL')",
            OptionalInt.of(8000),
            Optional.of(ServerKind.VLLM),
            EnumSet.complementOf(EnumSet.of(EngineCapability.IN_PROCESS))),
    /// SGLang's server.
    SGLANG(
            "SGLang ('python -m sglang.launch_server --enable-metrics')",
            OptionalInt.of(30000),
            Optional.of(ServerKind.SGLANG),
            EnumSet.complementOf(EnumSet.of(EngineCapability.IN_PROCESS, EngineCapability.SEED))),
    /// LMDeploy's server.
    LMDEPLOY(
            "LMDeploy ('lmdeploy serve api_server MODEL')",
            OptionalInt.of(23333),
            Optional.of(ServerKind.LMDEPLOY),
            EnumSet.of(
                    EngineCapability.STREAMING,
                    EngineCapability.CANCELLATION,
                    EngineCapability.IGNORE_EOS,
                    EngineCapability.FURTHER_SAMPLING,
                    EngineCapability.SEED,
                    EngineCapability.METRICS)),
    /// Any other server that speaks the OpenAI API.
    OPENAI(
            "any other server that speaks the OpenAI API, such as Ollama or llama.cpp",
            OptionalInt.empty(),
            Optional.empty(),
            EnumSet.of(EngineCapability.STREAMING)),
    /// A control plane of ours.
    SAGELLM(
            "a control plane ('sage-bench serve') with whatever is behind it",
            OptionalInt.of(8080),
            Optional.empty(),
            EnumSet.of(
                    EngineCapability.STREAMING,
                    EngineCapability.CANCELLATION,
                    EngineCapability.IGNORE_EOS,
                    EngineCapability.FURTHER_SAMPLING,
                    EngineCapability.SEED,
                    EngineCapability.METRICS));

    private final String description;
    private final OptionalInt usualPort;
    private final Optional<ServerKind> metrics;
    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<EngineCapability> capabilities;

    EngineBackend(String description, OptionalInt usualPort, Optional<ServerKind> metrics, Set<EngineCapability> capabilities) {
        this.description = description;
        this.usualPort = usualPort;
        this.metrics = metrics;
        this.capabilities = capabilities;
    }

    /// The name in options and files.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it is, in a few words.
    public String description() {
        return description;
    }

    /// The port such a server listens on unless told otherwise.
    public OptionalInt usualPort() {
        return usualPort;
    }

    /// Whose names its metrics have; absent to find out from what it tells.
    public Optional<ServerKind> metrics() {
        return metrics;
    }

    /// Where it is asked whether it is well; the first path that it knows counts.
    public List<String> healthPaths() {
        return List.of("/health", "/v1/models");
    }

    /// What it can do.
    public Set<EngineCapability> capabilities() {
        return Set.copyOf(capabilities);
    }

    /// Whether it can do that.
    public boolean can(EngineCapability what) {
        return capabilities.contains(what);
    }

    /// Whether it runs in this process, so that there is no URL.
    public boolean isInProcess() {
        return can(EngineCapability.IN_PROCESS);
    }

    /// The backend of that name, if there is one.
    public static Optional<EngineBackend> named(String wireName) {
        return Arrays.stream(values()).filter(backend -> backend.wireName().equals(wireName)).findFirst();
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(values()).map(EngineBackend::wireName).toList();
    }
}
