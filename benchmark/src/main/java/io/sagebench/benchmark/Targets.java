package io.sagebench.benchmark;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds what a configuration wants measured.
final class Targets {
    private Targets() {}

    static Session.Opening open(BenchmarkConfig config) {
        return switch (config.target()) {
            case Target.Simulated _ -> simulated(config);
            case Target.Embedded _, Target.Http _, Target.Automatic _ -> new Session.Opening.Failed("live soon");
        };
    }

    private static Session.Opening simulated(BenchmarkConfig config) {
        Optional<EngineProfile> profile = DefaultFleet.profileOf(config.fleet());
        return profile.isEmpty()
                ? new Session.Opening.Failed(unknownProfile(config.fleet().profile()))
                : new Session.Opening.Opened(new SimulatedSession(config, profile.get()));
    }

    static String unknownProfile(String name) {
        return "unknown engine profile '" + name + "'; known are "
                + EngineProfiles.all().stream().map(EngineProfile::name).collect(Collectors.joining(", "));
    }
}
