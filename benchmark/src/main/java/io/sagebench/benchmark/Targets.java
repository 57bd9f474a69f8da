package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.Serving.EngineGroup;
import io.sagebench.benchmark.config.ProfileSource;
import io.sagebench.engine.ServedModels;
import io.sagebench.live.client.ControlPlaneAdmin;
import io.sagebench.live.client.HealthAnswer;
import io.sagebench.live.client.Rehearsal;
import io.sagebench.live.client.ServerTokenizer;
import io.sagebench.live.net.LogStart;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.random.Seed;
import io.sagebench.report.TargetReport;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds what a configuration wants measured.
final class Targets {
    private static final Duration REHEARSAL = Duration.ofMillis(200);

    private Targets() {}

    static Session.Opening open(BenchmarkConfig config) {
        return switch (config.target()) {
            case Target.Simulated _ ->
                withProfiles(config, () -> new Session.Opening.Opened(new SimulatedSession(config)));
            case Target.Embedded _ -> embedded(config);
            case Target.Http(URI url) -> http(config, url);
            case Target.Automatic(URI usual) -> answersAt(config, usual) ? http(config, usual) : embedded(config);
        };
    }

    private static boolean answersAt(BenchmarkConfig config, URI url) {
        try (var admin = admin(config, url)) {
            return admin.health().ok();
        }
    }

    /// Warms the load client up beside the search for the target, so that the first requests do not leave late.
    private static Thread rehearse() {
        LogStart.await();
        return Thread.ofPlatform().name("rehearsal").daemon().start(() -> Rehearsal.run(REHEARSAL));
    }

    private static Session.Opening http(BenchmarkConfig config, URI url) {
        Thread rehearsal = rehearse();
        ControlPlaneAdmin admin = admin(config, url);
        HealthAnswer health = admin.health();
        if (!health.ok() && !(config.continueOnError() && health.answered())) {
            admin.close();
            return new Session.Opening.Failed("no healthy control plane answers at " + url + ": " + health.message()
                    + ". Start one ('sage-bench serve'), or use '-c embedded' to measure the shipped one.");
        }
        var target = new TargetReport(TargetReport.Kind.HTTP, Optional.of(url), "", Optional.of(health.message()));
        Watching watching = Watching.of(config.measuring().monitor(), url, config.seed());
        if (watching.failure().isPresent()) {
            admin.close();
            return new Session.Opening.Failed(watching.failure().get());
        }
        PromptTuning tuning = tuning(config, url);
        return new Session.Opening.Opened(
                new HttpSession(url, config, target, admin, tuning, watching, List.of(), rehearsal, Optional::empty, () -> {}, () -> {}) {
                    @Override
                    public List<String> notes() {
                        var notes = new ArrayList<>(super.notes());
                        if (!health.ok()) {
                            notes.add("the control plane at " + url + " says it is not well: " + health.message() + "; going on");
                        }
                        return notes;
                    }
                });
    }

    private static PromptTuning tuning(BenchmarkConfig config, URI url) {
        Optional<String> model = config.workload().models().stream().findFirst().filter(name -> !name.equals(ServedModels.ANY));
        try (var server = new ServerTokenizer(
                url, model, config.client().apiKey().map(ApiKey::reveal), config.client().trust())) {
            return PromptTuning.of(
                    config.workload().types(), config.client().tokenizer(), Optional.of(PromptTuning.Server.of(server)));
        }
    }

    private static Session.Opening embedded(BenchmarkConfig config) {
        return withProfiles(config, () -> {
            Thread rehearsal = rehearse();
            EmbeddedControlPlane server;
            try {
                server = new EmbeddedControlPlane(
                        ServerSettings.onLoopback(0),
                        config.policies().getFirst(),
                        timeline -> FaultyFleet.of(
                                DefaultFleet.engines(
                                        timeline,
                                        config.fleet(),
                                        AskedModels.of(config.workload()),
                                        new Seed(config.seed())),
                                config.faults(),
                                timeline,
                                new Seed(config.seed())),
                        () -> {},
                        new Seed(config.seed()),
                        _ -> {}); // asked for below, by whoever waits for its answers
            } catch (BindException noPort) {
                return new Session.Opening.Failed(String.valueOf(noPort.getMessage()));
            }
            URI url = URI.create("http://127.0.0.1:" + server.port());
            ControlPlaneAdmin admin = admin(config, url);
            HealthAnswer health = admin.health();
            if (!health.ok()) {
                admin.close();
                server.close();
                return new Session.Opening.Failed("the embedded control plane does not answer: " + health.message());
            }
            Watching watching = Watching.ofEnginesHere(config.measuring().monitor(), config.seed());
            if (watching.failure().isPresent()) {
                admin.close();
                server.close();
                return new Session.Opening.Failed(watching.failure().get());
            }
            var target = new TargetReport(
                    TargetReport.Kind.EMBEDDED,
                    Optional.of(url),
                    DefaultFleet.describe(config.fleet()) + FaultyFleet.describe(config.faults()),
                    Optional.of(health.message()));
            return new Session.Opening.Opened(new HttpSession(
                    url,
                    config,
                    target,
                    admin,
                    PromptTuning.of(config.workload().types(), config.client().tokenizer(), Optional.empty()),
                    watching,
                    DefaultFleet.descriptions(config),
                    rehearsal,
                    server::failure,
                    server::beginFaultsAnew,
                    server::close));
        });
    }

    private static ControlPlaneAdmin admin(BenchmarkConfig config, URI url) {
        return new ControlPlaneAdmin(url, config.client().apiKey().map(ApiKey::reveal), config.client().trust());
    }

    private static Session.Opening withProfiles(BenchmarkConfig config, Supplier<Session.Opening> open) {
        return config.fleet().groups().stream()
                .map(EngineGroup::profile)
                .filter(profile -> DefaultFleet.kindOf(profile, Optional.empty()).isEmpty())
                .findFirst()
                .<Session.Opening>map(profile -> new Session.Opening.Failed(unknownProfile(profile)))
                .orElseGet(open);
    }

    static String unknownProfile(String name) {
        return ProfileSource.problemsWith(name);
    }
}
