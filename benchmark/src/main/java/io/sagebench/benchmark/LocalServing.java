package io.sagebench.benchmark;

import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.HttpEngine;
import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.net.BearerToken;
import io.sagebench.live.server.MockEngineServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.random.Seed;
import io.sagebench.time.Timeline;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Serves from this process.
public final class LocalServing implements Serving {
    private final Consumer<Throwable> onFailure;

    /// @param onFailure told when a server has failed by a bug of ours and answers no more
    public LocalServing(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    @Override
    public Served controlPlane(ControlPlaneServerConfig config) {
        var opened = new ArrayList<HttpEngine>();
        Runnable closeEngines = () -> opened.forEach(HttpEngine::close);
        var settings = ServerSettings.onLoopback(config.port()).on(config.host());
        try {
            var server = new EmbeddedControlPlane(
                    settings,
                    config.policy(),
                    timeline -> engines(config, timeline, opened),
                    closeEngines,
                    new Seed(config.seed()),
                    onFailure);
            return new Served.Listening(new Running(
                    url(config.host(), server.port()),
                    "control plane, policy " + config.policy() + ", " + describe(config.engines())
                            + FaultyFleet.describe(config.faults()),
                    server::close));
        } catch (CannotServe | BindException reason) {
            closeEngines.run();
            return new Served.CouldNotServe(String.valueOf(reason.getMessage()));
        }
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
            var server = new MockEngineServer(timeline, engine.engine(), engine.settings(), config.options(), settings);
            return new Served.Listening(new Running(
                    url(config.host(), server.port()),
                    engine.description(),
                    () -> {
                        server.close();
                        timeline.close();
                    }));
        } catch (BindException taken) {
            timeline.close();
            return new Served.CouldNotServe(String.valueOf(taken.getMessage()));
        }
    }

    private static List<Engine> engines(
            ControlPlaneServerConfig config, LiveTimeline timeline, List<HttpEngine> opened) {
        return switch (config.engines()) {
            case Engines.AtUrls(List<URI> urls) -> {
                for (URI url : urls) {
                    opened.add(connect(config, timeline, url, opened.size() + 1));
                }
                yield List.copyOf(opened);
            }
            case Engines.Simulated(List<EngineGroup> groups) ->
                FaultyFleet.of(simulated(groups, timeline, new Seed(config.seed())), config.faults(), timeline, new Seed(config.seed()));
        };
    }

    private static HttpEngine connect(
            ControlPlaneServerConfig config, LiveTimeline timeline, URI url, int number) {
        HttpEngineSettings settings = config.apiKey()
                .map(ApiKey::reveal)
                .map(key -> HttpEngineSettings.DEFAULT.withApiKey(new BearerToken(key)))
                .orElse(HttpEngineSettings.DEFAULT);
        try {
            return HttpEngine.connect(timeline, new EngineId("engine-" + number), url, settings);
        } catch (IOException | IllegalArgumentException notThere) {
            throw new CannotServe(String.valueOf(notThere.getMessage()));
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

    private static URI url(String host, int port) {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /// Says why engines could not be had.
    private static final class CannotServe extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotServe(String message) {
            super(message);
        }
    }

    private record Running(URI url, String description, Runnable stop) implements RunningServer {
        @Override
        public void close() {
            stop.run();
        }
    }
}
