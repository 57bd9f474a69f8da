package io.sagebench.benchmark;

import io.sagebench.benchmark.config.ClusterDraft;
import io.sagebench.benchmark.config.EngineSpecs;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.PricedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.engine.HttpEngine;
import io.sagebench.live.server.EngineRegistrar;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes engines of their specifications, at the start of a control plane and while it runs. Safe for use by any thread, as far as its timeline
/// allows: simulated engines are made on the timeline or before it starts.
final class EngineOpening implements EngineRegistrar {
    private final LiveTimeline timeline;
    private final Seed seed;
    private final FaultPlan faults;
    private final Map<String, String> environment;

    /// @param seed        the run's, for simulated engines
    /// @param faults      what goes wrong in simulated engines at first
    /// @param environment where the keys are that registrations name
    EngineOpening(LiveTimeline timeline, Seed seed, FaultPlan faults, Map<String, String> environment) {
        this.timeline = timeline;
        this.seed = seed;
        this.faults = faults;
        this.environment = Map.copyOf(environment);
    }

    /// Asks the server at an address and makes an engine of it. Blocks.
    ///
    /// @throws IOException when it does not answer as it should
    HttpEngine connect(EngineSpec.AtUrl spec) throws IOException {
        return HttpEngine.connect(timeline, new EngineId(spec.id()), spec.url(), spec.settings(), spec.trust().context());
    }

    /// Makes an engine of a server that does not answer yet, where it was said which models it will have.
    Optional<HttpEngine> expect(EngineSpec.AtUrl spec) {
        if (spec.settings().declared().models().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpEngine.expected(
                    timeline, new EngineId(spec.id()), spec.url(), spec.settings(), spec.trust().context()));
        } catch (IOException _) {
            return Optional.empty(); // its host has no address yet: it is tried again as one of which nothing is known
        }
    }

    /// Makes simulated engines, whose profile exists.
    List<Engine> simulate(EngineSpec.Simulated spec) {
        var engines = new ArrayList<Engine>();
        for (String id : EngineSpecs.ids(spec)) {
            Engine engine = DefaultFleet.simulated(timeline, new EngineId(id), spec.profile(), seed.child("engines").child(id))
                    .orElseThrow(() -> new IllegalArgumentException(Targets.unknownProfile(spec.profile())));
            engines.add(
                    spec.usdPerHour().isPresent() && engine instanceof MonitoredEngine simulated
                            ? new PricedEngine(simulated, spec.usdPerHour().getAsDouble())
                            : engine);
        }
        return FaultyFleet.adjustable(engines, faults, timeline, seed);
    }

    @Override
    public Registration make(String json) {
        return switch (ClusterDraft.registration(json, environment)) {
            case ClusterDraft.Registration.Wrong(List<Problem> problems) ->
                new Registration.Invalid(problems.stream().map(Problem::toString).toList());
            case ClusterDraft.Registration.Read(EngineSpec.AtUrl spec) -> {
                try {
                    yield new Registration.Made(List.of(connect(spec)));
                } catch (IOException away) {
                    yield expect(spec)
                            .<Registration>map(engine -> new Registration.Made(List.of(engine)))
                            .orElseGet(() -> new Registration.Unreachable(String.valueOf(away.getMessage())));
                }
            }
            case ClusterDraft.Registration.Read(EngineSpec.Simulated spec) ->
                new Registration.Made(timeline.call(() -> simulate(spec)));
        };
    }
}
