package io.sagebench.benchmark;

import io.sagebench.benchmark.Serving.FirstPolicy;
import io.sagebench.benchmark.dashboard.DashboardColours;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.metrics.ReportingEngine;
import io.sagebench.live.server.ControlPlaneServer;
import io.sagebench.live.server.EngineNews;
import io.sagebench.live.server.EngineRegistrar;
import io.sagebench.live.server.GatewaySettings;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.random.Seed;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/// The shipped control plane, listening in this process: its timeline, its decisions and its port.
final class EmbeddedControlPlane implements AutoCloseable {
    private final LiveTimeline timeline;
    private final ControlPlane controlPlane;
    private final ControlPlaneServer server;
    private final Fleet fleet;

    /// The engines of a control plane.
    ///
    /// @param engines   those at first, made on the timeline
    /// @param close     gives back what these hold, when the control plane closes
    /// @param registrar makes those that are registered later; absent when none may be
    record Fleet(Function<LiveTimeline, List<Engine>> engines, Runnable close, Optional<EngineRegistrar> registrar) {}

    /// One for measurements, which passes failures of engines on as they are.
    ///
    /// @param settings     where to listen
    /// @param firstPolicy  in force at first
    /// @param engines      made on the timeline
    /// @param closeEngines gives back what the engines hold, when this closes
    /// @param onFailure    told when the control plane has failed and answers no more
    /// @throws BindException when the port is taken
    EmbeddedControlPlane(
            ServerSettings settings,
            String firstPolicy,
            Function<LiveTimeline, List<Engine>> engines,
            Runnable closeEngines,
            Seed seed,
            Consumer<Throwable> onFailure)
            throws BindException {
        this(
                newTimeline(onFailure),
                GatewaySettings.of(settings),
                new FirstPolicy(firstPolicy, Map.of()),
                new Fleet(engines, closeEngines, Optional.empty()),
                ControlPlaneSettings.plain(QueueLimits.DEFAULT),
                seed);
    }

    /// @param timeline     not started yet; closed with this
    /// @param gateway      where to listen, and who may ask
    /// @param first        in force at first; its parameters are in order
    /// @param fleet        what it schedules over
    /// @param settings     how it treats requests and engines
    /// @throws BindException when a port is taken
    EmbeddedControlPlane(
            LiveTimeline timeline,
            GatewaySettings gateway,
            FirstPolicy first,
            Fleet fleet,
            ControlPlaneSettings settings,
            Seed seed)
            throws BindException {
        this.timeline = timeline;
        this.fleet = fleet;
        Policies policies = Policies.installed();
        controlPlane = new ControlPlane(
                timeline, policies, first.name(), fleet.engines().apply(timeline), settings, seed, System::nanoTime);
        if (!first.parameters().isEmpty()
                && controlPlane.activate(first.name(), first.parameters()) instanceof PolicySwitch.Refused(String message)) {
            throw new IllegalArgumentException(message);
        }
        timeline.start();
        try {
            server = new ControlPlaneServer(
                    timeline, controlPlane, policies, gateway, fleet.registrar(), DashboardColours.of(policies.all().stream().map(PolicyFactory::name).toList()));
        } catch (BindException taken) {
            timeline.close();
            throw taken;
        }
    }

    /// A timeline for a control plane.
    ///
    /// @param onFailure told when it has failed
    static LiveTimeline newTimeline(Consumer<Throwable> onFailure) {
        return new LiveTimeline("control-plane", new RunClock(), onFailure);
    }

    /// Takes one more engine in. Safe from any thread.
    void add(Engine engine) {
        try {
            timeline.execute(() -> controlPlane.addEngine(engine));
        } catch (RejectedExecutionException _) {
            // it has ended meanwhile
        }
    }

    /// Tells of engines that fail and recover, from now on. Safe from any thread.
    void tellOfEngines(Consumer<String> told) {
        timeline.execute(() -> new EngineNews(timeline, controlPlane::engines, told).begin());
    }

    /// The port it listens on.
    int port() {
        return server.port();
    }

    /// Has the times of faults count from now, as they do for each measurement in virtual time.
    void beginFaultsAnew() {
        try {
            timeline.call(() -> {
                controlPlane.engines().stream()
                        .flatMap(engine -> controlPlane.engine(engine.description().id()).stream())
                        .forEach(EmbeddedControlPlane::beginFaultsAnew);
                return true;
            });
        } catch (RejectedExecutionException | CancellationException _) {
            // it has failed, which whoever measures it is told
        }
    }

    private static void beginFaultsAnew(Engine engine) {
        if (engine instanceof FaultyEngine faulty) {
            faulty.follow(faulty.plan());
        }
    }

    /// What has ended it, when it has failed.
    Optional<Throwable> failure() {
        return timeline.failure();
    }

    /// Those that are part of it now: some were registered while it ran.
    private List<Engine> engines() {
        try {
            return timeline.call(() -> controlPlane.engines().stream()
                    .flatMap(engine -> controlPlane.engine(engine.description().id()).stream())
                    .toList());
        } catch (RejectedExecutionException | CancellationException _) {
            return List.of(); // it has failed, and the process ends with it
        }
    }

    private static void closeEngine(Engine engine) {
        if (engine instanceof ReportingEngine server) {
            server.close();
        }
    }

    /// Lets running answers go on for a short while, then ends everything.
    @Override
    public void close() {
        server.close();
        List<Engine> leftOver = engines();
        timeline.close();
        leftOver.forEach(EmbeddedControlPlane::closeEngine);
        fleet.close().run();
    }
}
