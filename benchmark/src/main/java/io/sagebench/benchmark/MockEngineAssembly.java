package io.sagebench.benchmark;

import io.sagebench.benchmark.Serving.EngineKind;
import io.sagebench.benchmark.Serving.MockEngineConfig;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfile;
import io.sagebench.engine.sim.multimodel.ModelSwitchingEngine;
import io.sagebench.engine.sim.multimodel.MultiModelProfile;
import io.sagebench.engine.sim.multimodel.SwitchingLimits;
import io.sagebench.live.server.Adjustable;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.util.HashSet;
import java.util.Optional;

/// A mock engine put together: the engine, the faults around it, and what of both can be changed while it runs.
final class MockEngineAssembly {
    private static final EngineId ID = new EngineId("mock-engine");

    private final FaultyEngine engine;
    private final Adjustable settings;
    private final String description;

    MockEngineAssembly(MockEngineConfig config, Timeline timeline) {
        var seed = new Seed(config.seed());
        var models = new ServedModels(new HashSet<>(config.models()));
        String kind;
        MonitoredEngine inner;
        Optional<LatencyEngine> latencyEngine = Optional.empty();
        switch (config.engine()) {
            case EngineKind.Stepwise(EngineProfile profile) -> {
                inner = new SimulatedEngine(timeline, ID, models, profile, seed.child("engine"));
                kind = "simulated engine " + profile.name();
            }
            case EngineKind.Embeddings(EmbeddingProfile profile) -> {
                inner = new EmbeddingEngine(timeline, ID, models, profile);
                kind = "simulated embedding engine " + profile.name();
            }
            case EngineKind.SeveralModels(MultiModelProfile profile) -> {
                inner = ModelSwitchingEngine.simulated(timeline, ID, profile, SwitchingLimits.DEFAULT);
                kind = "simulated card " + profile.name();
            }
            case EngineKind.WithLatencies(LatencyProfile profile, Latencies latencies) -> {
                var given = new LatencyEngine(timeline, ID, models, profile, latencies, seed.child("latencies"));
                latencyEngine = Optional.of(given);
                inner = given;
                kind = "engine with given latencies";
            }
        }
        FaultPlan plan = config.faults().with(config.failures().rules());
        engine = new FaultyEngine(timeline, inner, plan, seed.child("faults"));
        settings = new MockEngineSettings(engine, config.faults(), config.failures(), latencyEngine);
        description = kind + ", model " + String.join(", ", config.models()) + ", max_num_seqs "
                + inner.description().maxConcurrent() + FaultyFleet.describe(plan);
    }

    /// Answers; fails as planned.
    MonitoredEngine engine() {
        return engine;
    }

    /// For `/admin/config`.
    Adjustable settings() {
        return settings;
    }

    /// One line for people.
    String description() {
        return description;
    }
}
