package io.sagebench.live.engine;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.PolicySwitch;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineId;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.ControlPlaneServer;
import io.sagebench.live.server.RawHttp;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// A control plane over HTTP in front of one server, on its own timeline.
final class Gateway implements AutoCloseable {
    /// A request that asks for a stream.
    static final String ASK_STREAM =
            "{'model':'m','messages':[{'role':'user','content':'hi'}],'stream':true,'max_tokens':2}";
    /// A request that asks for one object.
    static final String ASK = ASK_STREAM.replace("'stream':true,", "");

    private final LiveTimeline timeline = new LiveTimeline("gateway-timeline", new RunClock(), _ -> {});
    private final HttpEngine engine;
    private final ControlPlane controlPlane;
    private final ControlPlaneServer server;

    Gateway(URI upstream, HttpEngineSettings settings) throws IOException {
        this(upstream, settings, defaultTls());
    }

    Gateway(URI upstream, HttpEngineSettings settings, SSLContext tls) throws IOException {
        this(upstream, settings, tls, "fifo", Map.of());
    }

    /// With that policy in force.
    Gateway(URI upstream, HttpEngineSettings settings, String policy, Map<String, String> parameters) throws IOException {
        this(upstream, settings, defaultTls(), policy, parameters);
    }

    private Gateway(URI upstream, HttpEngineSettings settings, SSLContext tls, String policy, Map<String, String> parameters)
            throws IOException {
        engine = HttpEngine.connect(timeline, new EngineId("upstream-1"), upstream, settings, tls);
        controlPlane = new ControlPlane(
                timeline,
                Policies.installed(),
                "fifo",
                List.of(engine),
                QueueLimits.DEFAULT,
                new Seed(1),
                System::nanoTime);
        if (!(controlPlane.activate(policy, parameters) instanceof PolicySwitch.Active)) {
            throw new IllegalArgumentException(policy + " with " + parameters);
        }
        server = new ControlPlaneServer(timeline, controlPlane, Policies.installed(), ServerSettings.onLoopback(0));
        timeline.start();
    }

    private static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException noTls) {
            throw new AssertionError(noTls);
        }
    }

    RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    /// The answer to one request on a connection of its own.
    RawHttp.Answer answerTo(String request) throws IOException {
        try (var client = connect().send(request)) {
            return client.answer();
        }
    }

    ControlPlaneMetrics metrics() {
        return timeline.call(controlPlane::metrics);
    }

    @Override
    public void close() {
        server.close();
        engine.close();
        timeline.close();
    }
}
