package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The mock engine's port in front of the engine it is made for.
@Timeout(60)
class MockEngineLoopbackTest {
    private static final String LONG_TEXT = "the and for are but not you all ".repeat(20); // 160 tokens, ten blocks

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final EngineServer server = new EngineServer(
            timeline,
            new SimulatedEngine(
                    timeline,
                    new EngineId("e"),
                    ServedModels.of("m"),
                    EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow()),
            Adjustable.NOTHING,
            MockEngineOptions.DEFAULT,
            ServerSettings.onLoopback(0));

    MockEngineLoopbackTest() throws BindException {}

    @BeforeEach
    void start() {
        timeline.start();
    }

    @AfterEach
    void stop() {
        server.close();
        timeline.close();
    }

    @Test
    void aBeginningThatWasSeenBeforeComesFromTheCache() throws IOException {
        String ask = "{'model':'m','prompt':'" + LONG_TEXT + "%s','max_tokens':2}";
        try (var client = new RawHttp(server.port())) {
            assertThat(client.send(RawHttp.post("/v1/completions", ask.formatted("one"))).answer().body())
                    .contains("\"prompt_tokens\":161", "\"cached_tokens\":0}");
            assertThat(client.send(RawHttp.post("/v1/completions", ask.formatted("two"))).answer().body())
                    .contains("\"prompt_tokens\":161", "\"cached_tokens\":160}");
            assertThat(client.send(RawHttp.get("/metrics")).answer().body())
                    .contains("vllm:prefix_cache_hits_total{engine=\"0\",model_name=\"m\"} 160.0\n")
                    .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"m\"} 4.0\n")
                    .contains("vllm:request_queue_time_seconds_count{engine=\"0\",model_name=\"m\"} 2\n");
        }
    }

    @Test
    void streamsTheTokensInOrder() throws IOException {
        String ask = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':5,'stream':true}";
        try (var client = new RawHttp(server.port()).send(RawHttp.chat(ask))) {
            assertThat(client.answer().body().replaceAll("(?s).*?\"content\":\"([ a-z]*)\"|.*", "$1"))
                    .isEqualTo(" the and for are but");
        }
    }

    @Test
    void requestsWaitWhileItSleeps() throws IOException {
        try (var admin = new RawHttp(server.port());
                var client = new RawHttp(server.port())) {
            admin.send(RawHttp.post("/sleep", "")).answer();
            client.send(RawHttp.post("/v1/completions", "{'model':'m','prompt':'a','max_tokens':2}"));
            String waiting = "vllm:num_requests_waiting{engine=\"0\",model_name=\"m\"} 1.0\n";
            await().until(() -> admin.send(RawHttp.get("/metrics")).answer().body().contains(waiting));
            admin.send(RawHttp.post("/wake_up", "")).answer();
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }
}
