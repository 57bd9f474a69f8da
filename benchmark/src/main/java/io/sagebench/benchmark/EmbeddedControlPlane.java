package io.sagebench.benchmark;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.ControlPlaneServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The shipped control plane, listening in this process: its timeline, its decisions and its port.
final class EmbeddedControlPlane implements AutoCloseable {
    private final LiveTimeline timeline;
    private final ControlPlaneServer server;
    private final Runnable closeEngines;

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
        this.closeEngines = closeEngines;
        timeline = new LiveTimeline("control-plane", new RunClock(), onFailure);
        Policies policies = Policies.installed();
        var controlPlane = new ControlPlane(
                timeline, policies, firstPolicy, engines.apply(timeline), QueueLimits.DEFAULT, seed, System::nanoTime);
        timeline.start();
        try {
            server = new ControlPlaneServer(timeline, controlPlane, policies, settings);
        } catch (BindException taken) {
            timeline.close();
            throw taken;
        }
    }

    /// The port it listens on.
    int port() {
        return server.port();
    }

    /// What has ended it, when it has failed.
    Optional<Throwable> failure() {
        return timeline.failure();
    }

    /// Lets running answers go on for a short while, then ends everything.
    @Override
    public void close() {
        server.close();
        timeline.close();
        closeEngines.run();
    }
}
