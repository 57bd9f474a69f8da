package io.sagebench.controlplane;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.Latencies.Calculator;
import io.sagebench.engine.latency.Latencies.PerToken;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.Spread;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfiles;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.random.Seed;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Engines of every kind, each watched and able to fail: unequal language models, some in several places, one that embeds as well, servers that
/// only embed, and a card that three models share.
final class MixedFleet {
    /// Models of texts to embed.
    static final List<String> EMBEDDERS = List.of("e", "f");
    /// Models of prompts.
    static final List<String> WRITERS = List.of("m", "m", "m", "m", "n", "n", "llama3-8b", "mistral-7b", "qwen2.5-7b");

    private static final List<String> TROUBLES = List.of(
            "crash:at=100ms,for=2s",
            "hang@30%",
            "hang:after=5@50%",
            "error:503",
            "error:400@50%",
            "error:429@80%",
            "reset@40%",
            "reset:after=3@40%",
            "truncate:after=2@20%",
            "stream-error:after=2@40%",
            "slow:6x",
            "delay:1s");

    final List<WatchedEngine> engines = new ArrayList<>();
    private final List<FaultyEngine> faulty = new ArrayList<>();
    private final Set<RequestId> onEngines = new HashSet<>();
    private final VirtualTimeline timeline;

    MixedFleet(VirtualTimeline timeline, long seed) {
        this.timeline = timeline;
        EngineProfile small = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow();
        EngineProfile large = EngineProfiles.named("llama3-8b-h100").orElseThrow();
        add(new SimulatedEngine(timeline, new EngineId("a"), ServedModels.of("m"), small.withMaxNumSeqs(3)), 2, seed);
        add(
                new SimulatedEngine(
                        timeline, new EngineId("b"), new ServedModels(Set.of("m", "n")), small.withMaxNumSeqs(5).withKvBlocks(100)),
                1.5,
                seed);
        add(new SimulatedEngine(timeline, new EngineId("c"), ServedModels.of("n"), large.withMaxNumSeqs(2)), 6, seed);
        add(mixed(), 0.5, seed);
        add(new EmbeddingEngine(timeline, new EngineId("e1"), ServedModels.of("e"), embedder("minilm-l6-cpu")), 0.2, seed);
        add(new EmbeddingEngine(timeline, new EngineId("e2"), new ServedModels(Set.of("e", "f")), embedder("bge-m3-l40s")), 1, seed);
        var turns = new SwitchingLimits(6, 1_000_000_000, true, 5_000_000);
        add(
                ModelSwitchingEngine.simulated(
                        timeline, new EngineId("card"), MultiModelProfiles.named("market-a100").orElseThrow(), turns),
                3,
                seed);
    }

    private LatencyEngine mixed() {
        var latencies = new Latencies(
                Calculator.WHAT_IS_GIVEN,
                Spread.NONE,
                new Spread(8_000_000, 1_000_000),
                new PerToken(10_000_000, 100_000, 0),
                Spread.NONE,
                PerToken.NONE,
                2);
        return new LatencyEngine(
                timeline,
                new EngineId("mixed"),
                new ServedModels(Set.of("m", "e"), EnumSet.allOf(RequestType.class)),
                new LatencyProfile(6, 20, 1_024, Optional.empty()),
                latencies,
                new Seed(3));
    }

    private static EmbeddingProfile embedder(String name) {
        EmbeddingProfile profile = EmbeddingProfiles.named(name).orElseThrow();
        EmbeddingProfile.Batching batching = profile.batching();
        return profile.with(new EmbeddingProfile.Batching(
                batching.maxBatchTokens(), batching.maxBatchRequests(), batching.maxModelLen(), 12, batching.padded(), 0));
    }

    private void add(MonitoredEngine engine, double usdPerHour, long seed) {
        EngineDescription plain = engine.description();
        var failing = new FaultyEngine(timeline, engine, FaultPlan.NONE, new Seed(seed).child(plain.id().value()));
        faulty.add(failing);
        engines.add(new WatchedEngine(failing, plain.with(plain.traits().withUsdPerHour(usdPerHour)), onEngines));
    }

    /// Whether no engine works on anything.
    boolean isIdle() {
        return onEngines.isEmpty();
    }

    /// One trouble after another on each engine until then, each for 1 to 4 s; now and then an operator drains the engine too.
    void trouble(ControlPlane controlPlane, double untilSeconds, SplittableRandom chance) {
        for (FaultyEngine engine : faulty) {
            EngineId id = engine.description().id();
            double at = chance.nextDouble(3);
            while (at < untilSeconds) {
                FaultPlan plan = plan(TROUBLES.get(chance.nextInt(TROUBLES.size())));
                double over = at + chance.nextDouble(1, 4);
                timeline.at(nanos(at), () -> engine.follow(plan));
                timeline.at(nanos(over), () -> engine.follow(FaultPlan.NONE));
                if (chance.nextInt(4) == 0) {
                    timeline.at(nanos((at + over) / 2), () -> controlPlane.drainEngine(id));
                    timeline.at(nanos(over + 0.5), () -> controlPlane.enableEngine(id));
                }
                at = over + chance.nextDouble(1, 4);
            }
        }
    }

    private static FaultPlan plan(String text) {
        return switch (FaultText.plan(text)) {
            case FaultReading.Read(FaultPlan plan) -> plan;
            case FaultReading.Wrong(List<String> problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
