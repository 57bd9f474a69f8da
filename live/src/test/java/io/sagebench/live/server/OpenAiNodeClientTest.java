package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// OpenAI's own client for Node works unchanged against the ports of mock engines and of the control plane. Only within `./verify`, which installs the client.
@EnabledIfEnvironmentVariable(named = "SAGE_CLIENT_TESTS", matches = "1", disabledReason = "needs Node; ./verify runs it")
@Timeout(120)
class OpenAiNodeClientTest {
    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final EngineServer engine = serving(new SimulatedEngine(
            timeline,
            new EngineId("engine"),
            ServedModels.of("m"),
            EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow()));
    private final EngineServer embedder = serving(new EmbeddingEngine(
            timeline,
            new EngineId("embedder"),
            ServedModels.of("e"),
            EmbeddingProfiles.named("bge-m3-a100").orElseThrow()));

    private final ControlPlaneServer controlPlane = gatewayTo(
            new SimulatedEngine(
                    timeline,
                    new EngineId("engine-1"),
                    ServedModels.of("m"),
                    EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow()),
            new EmbeddingEngine(
                    timeline,
                    new EngineId("engine-2"),
                    ServedModels.of("bge-m3"),
                    EmbeddingProfiles.named("bge-m3-a100").orElseThrow()));

    OpenAiNodeClientTest() throws BindException {}

    @AfterEach
    void stop() {
        controlPlane.close();
        engine.close();
        embedder.close();
        timeline.close();
    }

    @Test
    void worksUnchanged() throws IOException, InterruptedException {
        timeline.start();
        var node = new ProcessBuilder("node", "--test")
                .directory(Path.of("../client-tests/openai-node").toFile())
                .redirectErrorStream(true);
        node.environment().put("MOCK_ENGINE_URL", "http://127.0.0.1:" + engine.port());
        node.environment().put("MOCK_EMBEDDER_URL", "http://127.0.0.1:" + embedder.port());
        node.environment().put("CONTROL_PLANE_URL", "http://127.0.0.1:" + controlPlane.port());
        Process run = node.start();
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        assertThat(said).contains("# fail 0").doesNotContain("# pass 0");
    }

    private ControlPlaneServer gatewayTo(Engine... engines) throws BindException {
        var deciding = new ControlPlane(
                timeline, Policies.installed(), "hybrid", List.of(engines), QueueLimits.DEFAULT, new Seed(1), System::nanoTime);
        return new ControlPlaneServer(timeline, deciding, Policies.installed(), ServerSettings.onLoopback(0));
    }

    private EngineServer serving(MonitoredEngine served) throws BindException {
        return new EngineServer(
                timeline, served, Adjustable.NOTHING, MockEngineOptions.DEFAULT, ServerSettings.onLoopback(0));
    }
}
