package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.EngineRegistrar.Registration;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator sees and does over HTTP, with one engine that does what the test says, for model `m`.
@Timeout(60)
class AdminEndpointsTest {
    private static final String ASK = "{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':2}";

    private final LiveTimeline timeline = new LiveTimeline("test-timeline", new RunClock(), _ -> {});
    private final FakeEngine engine = new FakeEngine(timeline, 1);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline, Policies.installed(), "fifo", List.<Engine>of(engine), QueueLimits.DEFAULT, new Seed(1), () -> 0);
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
    void isReadyWhileAnEngineTakesRequests() throws IOException {
        assertThat(get("/ready").status()).isEqualTo(200);
        assertThat(post("/admin/instances/fake-1/drain", "{}").status()).isEqualTo(200);
        Answer notReady = get("/ready");
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.headers()).containsEntry("retry-after", "1");
        assertThat(notReady.body()).isEqualTo("{\"status\":\"not_ready\",\"reason\":\"none of 1 engines is in service\"}");
        assertThat(get("/health").status()).as("it lives").isEqualTo(200);
        assertThat(json(get("/admin/cluster")).path("status").stringValue()).isEqualTo("unavailable");
        assertThat(post("/admin/instances/fake-1/enable", "{}").status()).isEqualTo(200);
        await().until(() -> get("/ready").status() == 200);
        assertThat(json(get("/admin/cluster")).path("status").stringValue()).isEqualTo("ok");
    }

    @Test
    void listsEnginesAndShowsOne() throws IOException {
        JsonNode all = json(get("/admin/instances"));
        assertThat(all.path("llm_backends").toString()).isEqualTo("[\"fake-1\"]");
        assertThat(all.path("embedding_backends").size()).isEqualTo(all.path("total_embedding_backends").intValue());
        assertThat(all.path("total_instances").intValue()).isEqualTo(1);
        assertThat(all.path("healthy_instances").intValue()).isEqualTo(1);
        JsonNode one = json(get("/admin/instances/fake%2D1"));
        assertThat(one.path("id").stringValue()).isEqualTo("fake-1");
        assertThat(one.path("state").stringValue()).isEqualTo("ready");
        assertThat(one.path("breaker").stringValue()).isEqualTo("closed");
        assertThat(one.path("reported").isNull()).isTrue();
        assertThat(one).isEqualTo(all.path("instances").get(0));
        Answer none = get("/admin/instances/nonesuch");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body()).contains("instance_not_found", "no engine is named nonesuch");
        assertThat(get("/admin/instances/%zz").status()).isEqualTo(400);
    }

    @Test
    void registersAnEngineOnceAndItServes() throws IOException {
        Answer added = post("/admin/instances", "{'id':'sim-1'}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.headers()).containsEntry("location", "/admin/instances/sim-1");
        assertThat(json(added).path("instances").get(0).path("id").stringValue()).isEqualTo("sim-1");
        assertThat(answerTo(RawHttp.chat(ASK.replace("'m'", "'sim'"))).headers()).containsEntry("x-instance-id", "sim-1");
        Answer second = post("/admin/instances", "{'id':'sim-1'}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).contains("duplicate_instance");
        Answer wrong = post("/admin/instances", "{'id':'bad'}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("'id' is bad; and more");
        Answer away = post("/admin/instances", "{'id':'away'}");
        assertThat(away.status()).isEqualTo(502);
        assertThat(away.body()).contains("instance_unreachable");
    }

    @Test
    void anEngineLeavesWhenItsLastRequestHasEnded() throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK))) {
            var job = engine.next();
            Answer leaving = delete("/admin/instances/fake-1");
            assertThat(leaving.status()).isEqualTo(202);
            assertThat(json(leaving).path("state").stringValue()).isEqualTo("draining");
            job.answer(2);
            assertThat(client.answer().status()).isEqualTo(200);
        }
        await().until(() -> get("/admin/instances/fake-1").status() == 404);
        assertThat(delete("/admin/instances/fake-1").status()).isEqualTo(404);
    }

    @Test
    void showsARequestFromItsQueueToItsEnd() throws IOException {
        try (var running = connect(); var queued = connect()) {
            running.send(RawHttp.chat(ASK, "X-Request-ID: a/b"));
            var job = engine.next();
            queued.send(RawHttp.chat(ASK, "X-Request-ID: second"));
            await().until(() -> get("/admin/requests/second").status() == 200);
            assertThat(json(get("/admin/requests/second")).path("state").stringValue()).isEqualTo("queued");
            JsonNode first = json(get("/admin/requests/a%2Fb"));
            assertThat(first.path("state").stringValue()).isEqualTo("running");
            assertThat(first.path("instance").stringValue()).isEqualTo("fake-1");
            assertThat(first.path("ended_after_ms").isNull()).isTrue();
            job.answer(2);
            assertThat(running.answer().status()).isEqualTo(200);
            await().until(() -> json(get("/admin/requests/a%2Fb")).path("state").stringValue().equals("completed"));
            assertThat(json(get("/admin/requests/a%2Fb")).path("output_tokens").intValue()).isEqualTo(2);
        }
        assertThat(get("/admin/requests/nonesuch").status()).isEqualTo(404);
    }

    @Test
    void cancelsAQueuedAndARunningRequestAndTheirClientsHearOfIt() throws IOException {
        try (var running = connect(); var queued = connect()) {
            running.send(RawHttp.chat(ASK, "X-Request-ID: first"));
            engine.next();
            queued.send(RawHttp.chat(ASK, "X-Request-ID: second"));
            await().until(() -> get("/admin/requests/second").status() == 200);
            assertThat(json(delete("/admin/requests/second")).path("state").stringValue()).isEqualTo("cancelled");
            assertThat(queued.answer().status()).isEqualTo(499);
            assertThat(json(delete("/admin/requests/first")).path("state").stringValue()).isEqualTo("cancelled");
            assertThat(running.answer().status()).isEqualTo(499);
        }
        Answer again = delete("/admin/requests/first");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("request_ended", "cancelled");
        assertThat(delete("/admin/requests/nonesuch").status()).isEqualTo(404);
    }

    @Test
    void refusesAnIdThatIsInFlightAndTakesItAgainAfterwards() throws IOException {
        try (var first = connect().send(RawHttp.chat(ASK, "X-Request-ID: twin"))) {
            var job = engine.next();
            Answer second = answerTo(RawHttp.chat(ASK, "X-Request-ID: twin"));
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.body()).contains("\"code\":\"duplicate_request_id\"", "\"param\":\"X-Request-ID\"", "header X-Request-ID");
            job.answer(2);
            assertThat(first.answer().status()).isEqualTo(200);
        }
        try (var third = connect().send(RawHttp.chat(ASK, "X-Request-ID: twin"))) {
            engine.next().answer(2);
            assertThat(third.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void theBooksHaveGroupsAndCanBeReset() throws IOException {
        serveOne("X-Tenant-Id: acme");
        JsonNode books = json(get("/admin/metrics"));
        JsonNode group = books.path("groups").get(0);
        assertThat(group.path("tenant").stringValue()).isEqualTo("acme");
        assertThat(group.path("model").stringValue()).isEqualTo("m");
        assertThat(group.path("completed").intValue()).isEqualTo(1);
        assertThat(group.path("ttft_ms").path("count").intValue()).isEqualTo(1);
        assertThat(books.path("tpot_ms").path("count").intValue()).isEqualTo(1);
        assertThat(books.path("goodput_rps").doubleValue()).isPositive();
        assertThat(books.path("saturation").doubleValue()).isZero();
        assertThat(books.path("policy_switches").intValue()).isZero();
        assertThat(json(post("/admin/metrics/reset", "")).path("reset").booleanValue()).isTrue();
        JsonNode after = json(get("/admin/metrics"));
        assertThat(after.path("groups").size()).isZero();
        assertThat(after.path("ttft_ms").isNull()).isTrue();
        assertThat(after.path("requests").path("completed").intValue()).as("what is counted stays").isEqualTo(1);
    }

    @Test
    void scrapersGetThePageInPrometheusText() throws IOException {
        serveOne("X-Tenant-Id: acme");
        Answer page = get("/metrics");
        assertThat(page.headers().get("content-type")).startsWith("text/plain");
        String labels = "{model=\"m\",policy=\"fifo\",priority=\"NORMAL\",tenant=\"acme\",type=\"llm_chat\"";
        assertThat(page.body())
                .contains("sagebench_requests_total{outcome=\"completed\"} 1.0\n", "sagebench_requests_total{outcome=\"refused_later\"} 0.0\n")
                .contains("sagebench_policy_info{policy=\"fifo\"} 1.0\n", "sagebench_policy_epoch 1.0\n")
                .contains("sagebench_time_to_first_token_seconds" + labels + ",quantile=\"0.99\"}")
                .contains("sagebench_time_to_first_token_seconds_count" + labels + "} 1\n")
                .contains("sagebench_e2e_request_latency_seconds_count" + labels + "} 1\n")
                .contains("sagebench_instance_in_service{instance_id=\"fake-1\"} 1.0\n")
                .contains("sagebench_instance_breaker{breaker=\"closed\",instance_id=\"fake-1\"} 1.0\n")
                .contains("sagebench_decision_seconds_count{policy=\"fifo\"} ");
    }

    @Test
    void simulatedEnginesFailAsAnOperatorSays() throws IOException {
        Answer none = post("/admin/faults", "{'faults':'error:503@100%'}");
        assertThat(none.status()).as("none is simulated yet").isEqualTo(409);
        post("/admin/instances", "{'id':'sim-1'}");
        assertThat(post("/admin/faults", "{'faults':'eror@2%'}").status()).isEqualTo(400);
        assertThat(post("/admin/faults", "{'faults':7}").status()).isEqualTo(400);
        assertThat(post("/admin/faults", "{'faults':'error:503@100%'}").body()).contains("\"sim-1\":\"error:503");
        String ask = RawHttp.chat(ASK.replace("'m'", "'sim'"));
        assertThat(answerTo(ask).status()).isEqualTo(503);
        post("/admin/faults", "{'faults':'none'}");
        assertThat(answerTo(ask).status()).isEqualTo(200);
        assertThat(get("/admin/faults").body()).isEqualTo("{\"faults\":{\"sim-1\":\"\"}}");
    }

    @Test
    void aPathWithAnotherMethodIs405AndOthersAreNamed() throws IOException {
        Answer wrong = answerTo(RawHttp.post("/admin/requests/x", "{}"));
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.headers()).containsEntry("allow", "DELETE, GET, HEAD");
        assertThat(get("/admin/instances/x/y").status()).isEqualTo(404);
        assertThat(get("/admin/instances/{id}").body()).contains("instance_not_found");
    }

    private void serveOne(String header) throws IOException {
        try (var client = connect().send(RawHttp.chat(ASK, header))) {
            engine.next().answer(2);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    /// Knows `sim-1`, a simulated engine for model `sim`.
    private Registration register(String json) {
        if (json.contains("bad")) {
            return new Registration.Invalid(List.of("'id' is bad", "and more"));
        }
        if (json.contains("away")) {
            return new Registration.Unreachable("no server answers");
        }
        var profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow();
        return timeline.call(() -> new Registration.Made(List.of(new FaultyEngine(
                timeline,
                new SimulatedEngine(timeline, new EngineId("sim-1"), ServedModels.of("sim"), profile),
                FaultPlan.NONE,
                new Seed(1)))));
    }

    private ControlPlaneServer serving() {
        try {
            return new ControlPlaneServer(
                    timeline,
                    controlPlane,
                    Policies.installed(),
                    GatewaySettings.of(ServerSettings.onLoopback(0)),
                    Optional.of(this::register));
        } catch (BindException taken) {
            throw new AssertionError(taken);
        }
    }

    private static JsonNode json(Answer answer) {
        return JsonMapper.shared().readTree(answer.body());
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
        return answerTo(RawHttp.get(path));
    }

    private Answer delete(String path) throws IOException {
        return answerTo(RawHttp.get(path).replaceFirst("GET", "DELETE"));
    }

    private Answer post(String path, String body) throws IOException {
        return answerTo(RawHttp.post(path, body));
    }
}
