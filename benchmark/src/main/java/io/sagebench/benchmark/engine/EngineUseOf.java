package io.sagebench.benchmark.engine;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.engine.metrics.EngineUse;
import io.sagebench.live.engine.metrics.EngineUseWatch;
import io.sagebench.live.engine.metrics.ServerKind;
import io.sagebench.live.monitor.MemoryWatch;
import io.sagebench.report.engine.EngineWindow;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Watches an engine while it is measured: its memory, and what its own metrics say.
final class EngineUseOf {
    private static final Duration PROCESS_INTERVAL = Duration.ofMillis(50);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final EngineTarget target;
    private final Optional<EngineUseWatch> metrics;
    private final Optional<MemoryWatch> memory;
    private final String memorySource;

    private EngineUseOf(EngineTarget target, Optional<EngineUseWatch> metrics, Optional<MemoryWatch> memory, String memorySource) {
        this.target = target;
        this.metrics = metrics;
        this.memory = memory;
        this.memorySource = memorySource;
    }

    /// Begins. Blocks until the first page of metrics is there.
    static EngineUseOf start(EngineTarget target) {
        Optional<EngineUseWatch> metrics = target.backend().can(EngineCapability.METRICS)
                ? Optional.of(EngineUseWatch.start(
                        page(target.url()), target.apiKey().map(ApiKey::reveal), target.backend().metrics(), INTERVAL))
                : Optional.empty();
        if (target.backend().isInProcess()) {
            return new EngineUseOf(
                    target,
                    metrics,
                    Optional.of(MemoryWatch.ofThisProcess(PROCESS_INTERVAL)),
                    "resident memory of this process: engine and load generator");
        }
        if (isHere(target.url()) && MemoryWatch.hasDevices()) {
            return new EngineUseOf(
                    target, metrics, Optional.of(MemoryWatch.ofDevices(INTERVAL)), "memory in use on this machine's GPUs (nvidia-smi)");
        }
        return new EngineUseOf(target, metrics, Optional.empty(), "resident memory of the engine's process (its metrics)");
    }

    private static URI page(URI url) {
        String path = url.getPath() == null ? "" : url.getPath().replaceFirst("/*$", "").replaceFirst("/v1$", "");
        return url.resolve((path.isEmpty() ? "" : path) + "/metrics");
    }

    private static boolean isHere(URI url) {
        try {
            return url.getHost() != null && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /// What was seen.
    EngineWindow.Use stop() {
        Optional<EngineUse> told = metrics.map(EngineUseWatch::stop);
        Optional<String> problem = metrics.flatMap(EngineUseWatch::problem);
        List<Double> megabytes = memory.map(MemoryWatch::stop).orElseGet(() -> told.map(EngineUse::memoryMegabytes).orElse(List.of()));
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("memory", megabytes.isEmpty() ? "unavailable" : memorySource);
        sources.put("kv_cache", kvSource(told, problem));
        OptionalDouble evictions = told.map(EngineUse::preemptions).orElse(OptionalDouble.empty());
        // no server tells how long evictions took, but none took none
        OptionalDouble evictMillis = evictions.isPresent() && evictions.getAsDouble() == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
        return new EngineWindow.Use(
                megabytes,
                told.map(EngineUse::mostKvTokens).orElse(OptionalDouble.empty()),
                OptionalDouble.empty(),
                told.map(EngineUse::prefixHitRate).orElse(OptionalDouble.empty()),
                evictions,
                evictMillis,
                told.map(EngineUse::acceptRate).orElse(OptionalDouble.empty()),
                sources);
    }

    private String kvSource(Optional<EngineUse> told, Optional<String> problem) {
        Optional<ServerKind> kind = told.flatMap(EngineUse::kind);
        if (kind.isEmpty()) {
            return "unavailable" + problem.map(why -> ": " + why).orElse(": " + target.backend().wireName() + " tells none");
        }
        return "the engine's own metrics (" + kind.get().wireName() + ")"
                + (told.filter(EngineUse::restarted).isPresent() ? ", started again meanwhile" : "");
    }
}
