package io.sagebench.live.engine;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.Adjustable;
import io.sagebench.live.server.MockEngineOptions;
import io.sagebench.live.server.EngineServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.random.Seed;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A mock engine over HTTP that can be killed, come back on the same port, hang, slow down and fail meanwhile.
final class FailingServer implements AutoCloseable {
    private static final int TRIES = 100;

    private final LiveTimeline timeline;
    private final FaultyEngine engine;
    private final int port;
    private EngineServer server;

    /// @param timeline has been started
    FailingServer(LiveTimeline timeline, String name) throws BindException {
        this.timeline = timeline;
        var profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);
        engine = timeline.call(() -> new FaultyEngine(
                timeline, new SimulatedEngine(timeline, new EngineId(name), ServedModels.of("m"), profile), FaultPlan.NONE, new Seed(1)));
        server = listening(portThatStaysFree(), TRIES);
        port = server.port();
    }

    /// Below those that outgoing connections are given while nobody listens.
    private static int portThatStaysFree() {
        return ThreadLocalRandom.current().nextInt(20_000, 30_000);
    }

    private EngineServer listening(int first, int tries) throws BindException {
        for (int i = 0; ; i++) {
            try {
                return new EngineServer(
                        timeline,
                        engine,
                        Adjustable.NOTHING,
                        MockEngineOptions.DEFAULT,
                        ServerSettings.onLoopback(first + i).withDrainLimit(Duration.ZERO));
            } catch (BindException taken) {
                if (i + 1 >= tries) {
                    throw taken;
                }
            }
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Closes the port and all connections, whatever is under way on them. Blocks.
    void kill() {
        server.close();
    }

    /// Listens again.
    void revive() {
        try {
            server = listening(port, 1);
        } catch (BindException taken) {
            throw new IllegalStateException(taken);
        }
    }

    /// From now on fails requests like this.
    void follow(String faults) {
        FaultPlan plan = switch (FaultText.plan(faults)) {
            case FaultReading.Read(FaultPlan read) -> read;
            case FaultReading.Wrong(List<String> problems) -> throw new IllegalArgumentException(problems.toString());
        };
        timeline.execute(() -> engine.follow(plan));
    }

    @Override
    public void close() {
        server.close();
    }
}
