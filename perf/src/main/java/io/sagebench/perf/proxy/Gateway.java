package io.sagebench.perf.proxy;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineId;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.engine.HttpEngine;
import io.sagebench.live.engine.HttpEngineSettings;
import io.sagebench.live.server.ControlPlaneServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The control plane in front of one server, as `sage-bench serve` runs it, but with room for every request there. One event loop. Arguments: the URL of
/// the server, and the policy. Prints its port on one line and runs until it is killed.
public final class Gateway {
    private static final int ROOM = 100_000;

    private Gateway() {}

    /// See the class.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var timeline = new LiveTimeline("control-plane", new RunClock(), Throwable::printStackTrace);
        HttpEngine engine = HttpEngine.connect(
                timeline,
                new EngineId("engine-1"),
                URI.create(arguments[0]),
                HttpEngineSettings.DEFAULT.withMaxConcurrent(ROOM));
        Policies policies = Policies.installed();
        var controlPlane = new ControlPlane(
                timeline, policies, arguments[1], List.of(engine), QueueLimits.DEFAULT, new Seed(42), System::nanoTime);
        var server = new ControlPlaneServer(
                timeline, controlPlane, policies, ServerSettings.onLoopback(0).withIoThreads(1));
        timeline.start();
        System.out.println(server.port());
        Thread.currentThread().join(); // for ever: all other threads are daemons
    }
}
