package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.live.server.RawHttp.Answer;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The control plane over HTTP: one engine that does what the test says, for model `m`, and one simulated one, for model `sim`.
@Timeout(60)
class ControlPlaneServerTest {
    private static final String ASK = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}";
    private static final String ASK_STREAM = ASK.replace("}],", "}],'stream':true,'stream_options':{'include_usage':true},");

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 1);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline,
            Policies.installed(),
            "fifo",
            List.<Engine>of(engine, simulated()),
            new QueueLimits(1, 1, 1_000_000, true),
            new Seed(1),
            () -> 0);
    private final ControlPlaneServer server = serving();

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
    void streamsFromASimulatedEngineAndTellsWhoAnswered() throws IOException {
        Answer answer = answerTo(RawHttp.chat(ASK_STREAM.replace("'m'", "'sim'").replace(":2}", ":40}"), "X-Request-ID: r1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("x-request-id", "r1")
                .containsEntry("x-instance-id", "sim-1")
                .containsEntry("x-policy", "fifo")
                .containsEntry("x-policy-epoch", "1")
                .hasEntrySatisfying("x-queue-ms", queue -> assertThat(Double.parseDouble(queue)).isNotNegative());
        assertThat(Pattern.compile("\"delta\":\\{\"content\":\" [a-z]{3}\"\\}").matcher(answer.body()).results())
                .hasSize(40);
        assertThat(answer.body()).contains("\"completion_tokens\":40").endsWith("data: [DONE]\n\n");
    }

    @Test
    void anyModelWillDoForTheNameDefault() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK.replace("'m'", "'default'")))) {
            engine.next().answer(2); // the idle engines are equal: the first one gets it
            assertThat(client.answer().body()).contains("\"model\":\"default\"").contains("\"completion_tokens\":2");
        }
    }

    @Test
    void switchesPoliciesAndSaysSo() throws IOException {
        assertThat(post("/admin/set_policy", "{'policy':'priority'}").body()).startsWith("{\"policy\":\"priority\",\"epoch\":2");
        assertThat(post("/admin/policy", "{'policy':'fifo','params':{}}").body()).startsWith("{\"policy\":\"fifo\",\"epoch\":3");
        assertThat(get("/admin/policy").body())
                .startsWith("{\"policy\":\"fifo\",\"epoch\":3")
                .contains("\"degraded\":null,\"figures\":{}");
    }

    @Test
    void aSwitchThatIsWrongChangesNothing() throws IOException {
        for (String body : List.of(
                "{'policy':'nonesuch'}", "{'policy':7}", "{}", "[]", "{'policy':'fifo','params':{'x':1}}",
                "{'policy':'fifo','params':{'x':[]}}", "{'policy':'fifo','params':7}",
                "{'policy':'fifo','parms':{'x':1}}")) {
            Answer answer = post("/admin/set_policy", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.body()).as(body).startsWith("{\"error\":{\"message\":");
        }
        assertThat(get("/admin/policy").body()).startsWith("{\"policy\":\"fifo\",\"epoch\":1");
    }

    @Test
    void tellsPoliciesInstancesAndModels() throws IOException {
        assertThat(get("/admin/policies").body()).contains("\"active\":\"fifo\"", "\"name\":\"slo_aware\"", "\"rule\":", "\"default\":");
        assertThat(get("/admin/instances").body()).contains("\"id\":\"fake-1\"", "\"id\":\"sim-1\"", "\"running\":0");
        assertThat(get("/v1/models").body()).contains("\"id\":\"m\"", "\"id\":\"sim\"");
    }

    @Test
    void theBooksCountWhatWasServed() throws IOException {
        answerTo(RawHttp.chat(ASK.replace("'m'", "'sim'")));
        assertThat(get("/admin/metrics").body())
                .contains("\"completed\":1", "\"running\":0", "\"ttft_ms\":{\"count\":1,\"mean\":", "\"attainment\":1.0");
    }

    @Test
    void refusesWithRetryAfterWhenTheQueueIsFull() throws IOException {
        try (var running = connect(); var queued = connect()) {
            running.send(RawHttp.chat(ASK));
            engine.next(); // takes its only place
            queued.send(RawHttp.chat(ASK));
            await().until(() -> controlPlaneQueued() == 1);
            Answer answer = answerTo(RawHttp.chat(ASK));
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers()).containsEntry("retry-after", "1");
            assertThat(answer.body()).contains("\"type\":\"rate_limit_error\"", "\"code\":\"queue_full\"");
        }
        await().until(() -> controlPlaneQueued() == 0);
        await().until(() -> engine.cancelled() >= 1);
    }

    @Test
    void refusesWhatExpiresInTheQueue() throws IOException {
        try (var running = connect()) {
            running.send(RawHttp.chat(ASK));
            engine.next(); // takes its only place
            Answer answer = answerTo(RawHttp.chat(ASK, "X-SLO-Deadline-Ms: 20"));
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("\"code\":\"deadline_expired\"");
        }
    }

    @Test
    void anUnknownModelIs404() throws IOException {
        assertThat(answerTo(RawHttp.chat(ASK.replace("'m'", "'nonesuch'"))).status()).isEqualTo(404);
    }

    private int controlPlaneQueued() {
        return timeline.call(() -> controlPlane.metrics().queued());
    }

    private Engine simulated() {
        var profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow();
        return new SimulatedEngine(timeline, new EngineId("sim-1"), ServedModels.of("sim"), profile);
    }

    private ControlPlaneServer serving() {
        try {
            return new ControlPlaneServer(timeline, controlPlane, Policies.installed(), ServerSettings.onLoopback(0));
        } catch (BindException taken) {
            throw new AssertionError(taken);
        }
    }

    private RawHttp connect() throws IOException {
        return new RawHttp(server.port());
    }

    private Answer answerTo(String request) throws IOException {
        try (var client = connect().send(request)) {
            return client.answer();
        }
    }

    private Answer get(String path) throws IOException {
        return answerTo("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private Answer post(String path, String body) throws IOException {
        return answerTo(RawHttp.chat(body).replace("/v1/chat/completions", path));
    }
}
