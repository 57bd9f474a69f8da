package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.benchmark.config.EngineSpecs;
import io.sagebench.benchmark.engine.CpuModels;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.engine.Engine;
import io.sagebench.inference.UnusableModelException;
import io.sagebench.inference.hub.ModelUnavailable;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.engine.UpstreamTrust;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Serves from this process.
public final class LocalServing implements Serving {
    private final Consumer<Throwable> onFailure;
    private final Map<String, String> environment;
    private final CpuModels models;

    /// @param onFailure told when a server has failed by a bug of ours and answers no more
    public LocalServing(Consumer<Throwable> onFailure) {
        this(onFailure, Map.of(), CpuModels.LOCAL);
    }

    /// @param environment where the keys are that engines need which are registered while a control plane runs
    /// @param models      finds the models that are computed in this process
    public LocalServing(Consumer<Throwable> onFailure, Map<String, String> environment, CpuModels models) {
        this.onFailure = onFailure;
        this.environment = Map.copyOf(environment);
        this.models = models;
    }

    @Override
    public Served controlPlane(ControlPlaneServerConfig config) {
        LiveTimeline timeline = EmbeddedControlPlane.newTimeline(onFailure);
        var seed = new Seed(config.seed());
        var opening = new EngineOpening(timeline, seed, config.faults(), environment);
        var cluster = new ClusterEngines(cluster(config), opening);
        try {
            List<Engine> engines = new ArrayList<>(cluster.open());
            if (config.engines() instanceof Engines.Simulated(List<EngineGroup> groups)) {
                engines.addAll(FaultyFleet.adjustable(simulated(groups, timeline, seed), config.faults(), timeline, seed));
            }
            var server = new EmbeddedControlPlane(
                    timeline,
                    config.gateway(),
                    config.policy(),
                    new EmbeddedControlPlane.Fleet(_ -> engines, cluster::close, Optional.of(opening)),
                    config.settings(),
                    seed);
            cluster.awaitOthers(server::add);
            ServerSettings at = config.gateway().service();
            return new Served.Listening(new Running(
                    url(at.identity().isPresent() ? "https" : "http", at.host(), server.port()),
                    "control plane, policy " + config.policy().name() + ", " + describe(config.engines())
                            + FaultyFleet.describe(config.faults()),
                    notes(cluster, config.gateway()),
                    server::tellOfEngines,
                    at.drainLimit(),
                    server::close));
        } catch (ClusterEngines.CannotServe | CannotServe | BindException reason) {
            cluster.close();
            timeline.close();
            return new Served.CouldNotServe(String.valueOf(reason.getMessage()));
        }
    }

    private static List<String> notes(ClusterEngines cluster, GatewaySettings gateway) {
        var notes = new ArrayList<>(cluster.notes());
        Exposure.of(gateway).ifPresent(notes::add);
        return notes;
    }

    /// Bare addresses are a cluster, too, all of which must be there: who types them waits for the answer.
    private static Engines.Cluster cluster(ControlPlaneServerConfig config) {
        return switch (config.engines()) {
            case Engines.Cluster given -> given;
            case Engines.Simulated _ -> Engines.Cluster.NONE;
            case Engines.AtUrls(List<URI> urls) -> {
                HttpEngineSettings settings = config.apiKey()
                        .map(ApiKey::reveal)
                        .map(key -> HttpEngineSettings.DEFAULT.withApiKey(new BearerToken(key)))
                        .orElse(HttpEngineSettings.DEFAULT);
                var specs = new ArrayList<EngineSpec>();
                for (URI url : urls) {
                    specs.add(new EngineSpec.AtUrl(
                            "engine-" + (specs.size() + 1), url, settings, new UpstreamTrust.ThisMachine()));
                }
                yield new Engines.Cluster(specs, true);
            }
        };
    }

    @Override
    public Served mockEngine(MockEngineConfig config) {
        var timeline = new LiveTimeline("mock-engine", new RunClock(), onFailure);
        var engine = new MockEngineAssembly(config, timeline);
        timeline.start();
        try {
            var settings = ServerSettings.onLoopback(config.port())
                    .on(config.host())
                    .withMaxBodyBytes(config.maxBodyBytes());
            var server = new EngineServer(timeline, engine.engine(), engine.settings(), config.options(), settings);
            return new Served.Listening(new Running(
                    url("http", config.host(), server.port()),
                    engine.description(),
                    List.of(),
                    _ -> {},
                    settings.drainLimit(),
                    () -> {
                        server.close();
                        timeline.close();
                    }));
        } catch (BindException taken) {
            timeline.close();
            return new Served.CouldNotServe(String.valueOf(taken.getMessage()));
        }
    }

    @Override
    public Served cpuEngine(CpuServing.Config config) {
        try {
            CpuServing serving = CpuServing.start(config, models, onFailure);
            return new Served.Listening(new Running(
                    serving.url(), serving.description(), serving.notes(), _ -> {}, serving.drainLimit(), serving::close));
        } catch (UnusableModelException | ModelUnavailable | BindException reason) {
            return new Served.CouldNotServe(String.valueOf(reason.getMessage()));
        }
    }

    private static List<Engine> simulated(List<EngineGroup> groups, Timeline timeline, Seed seed) {
        var engines = new ArrayList<Engine>();
        for (EngineGroup group : groups) {
            for (int i = 0; i < group.count(); i++) {
                engines.add(DefaultFleet.simulated(timeline, engines.size() + 1, group.profile(), seed)
                        .orElseThrow(() -> new CannotServe(Targets.unknownProfile(group.profile()))));
            }
        }
        return engines;
    }

    private static String describe(Engines engines) {
        return switch (engines) {
            case Engines.Cluster(List<EngineSpec> specs, boolean _) ->
                "engines "
                        + String.join(
                                ", ", specs.stream().flatMap(spec -> EngineSpecs.ids(spec).stream()).toList());
            case Engines.AtUrls(List<URI> urls) ->
                "engines " + String.join(", ", urls.stream().map(URI::toString).toList());
            case Engines.Simulated(List<EngineGroup> groups) ->
                "simulated engines "
                        + String.join(
                                ", ",
                                groups.stream()
                                        .map(group -> group.count() + " x " + group.profile())
                                        .toList());
        };
    }

    private static URI url(String scheme, String host, int port) {
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /// Says why engines could not be had.
    private static final class CannotServe extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotServe(String message) {
            super(message);
        }
    }

    private record Running(
            URI url,
            String description,
            List<String> notes,
            Consumer<Consumer<String>> news,
            Duration drainLimit,
            Runnable stop)
            implements RunningServer {
        @Override
        public void tell(Consumer<String> listener) {
            news.accept(listener);
        }

        @Override
        public void close() {
            stop.run();
        }
    }
}
