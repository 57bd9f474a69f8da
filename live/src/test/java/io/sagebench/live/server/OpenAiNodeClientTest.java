package io.sagebench.live.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// OpenAI's own client for Node works unchanged against the mock engine's port. Only within `./verify`, which installs the client.
@EnabledIfEnvironmentVariable(named = "SAGE_CLIENT_TESTS", matches = "1", disabledReason = "needs Node; ./verify runs it")
@Timeout(120)
class OpenAiNodeClientTest {
    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final MockEngineServer engine = serving(new SimulatedEngine(
            timeline,
            new EngineId("engine"),
            ServedModels.of("m"),
            EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow()));
    private final MockEngineServer embedder = serving(new EmbeddingEngine(
            timeline,
            new EngineId("embedder"),
            ServedModels.of("e"),
            EmbeddingProfiles.named("bge-m3-a100").orElseThrow()));

    OpenAiNodeClientTest() throws BindException {}

    @AfterEach
    void stop() {
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
        Process run = node.start();
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        assertThat(said).contains("# fail 0").doesNotContain("# pass 0");
    }

    private MockEngineServer serving(MonitoredEngine served) throws BindException {
        return new MockEngineServer(
                timeline, served, Adjustable.NOTHING, MockEngineOptions.DEFAULT, ServerSettings.onLoopback(0));
    }
}
