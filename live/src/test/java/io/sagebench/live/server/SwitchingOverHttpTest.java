package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.engine.sim.embedding.EmbeddingEngine;
import io.sagebench.engine.sim.embedding.EmbeddingProfiles;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.RawHttp.Answer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.random.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Another policy every 100 ms over HTTP, for 30 s, while 28 clients ask as fast as they are answered and more wait than run.
@Tag("chaos")
@Timeout(150)
class SwitchingOverHttpTest {
    private static final int SWITCHES = 300;
    private static final int PROMPTERS = 24;
    private static final int EMBEDDERS = 4;
    private static final List<String> PRIORITIES = List.of("critical", "high", "normal", "low", "background");

    private final LiveTimeline timeline = new LiveTimeline("switched", new RunClock(), _ -> {});
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void everyRequestIsAnsweredOnceInFullAndEpochsNeverGoBack() throws Exception {
        EngineProfile profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);
        var controlPlane = new ControlPlane(
                timeline,
                Policies.installed(),
                "fifo",
                List.of(
                        new SimulatedEngine(timeline, new EngineId("a"), ServedModels.of("m"), profile),
                        new SimulatedEngine(timeline, new EngineId("b"), ServedModels.of("m"), profile),
                        new EmbeddingEngine(
                                timeline, new EngineId("e"), ServedModels.of("e"), EmbeddingProfiles.named("minilm-l6-cpu").orElseThrow())),
                QueueLimits.DEFAULT,
                new Seed(1),
                System::nanoTime);
        long answered = 0;
        try (timeline;
                var server = new ControlPlaneServer(timeline, controlPlane, Policies.installed(), ServerSettings.onLoopback(0));
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            timeline.start();
            var clients = new ArrayList<Future<Integer>>();
            for (int i = 0; i < PROMPTERS + EMBEDDERS; i++) {
                String name = "c" + i;
                boolean embeds = i >= PROMPTERS;
                clients.add(threads.submit(new Client(server.port(), name, embeds, new SplittableRandom(i))));
            }
            switchPolicies(server.port(), clock::schedule);
            over.set(true);
            for (Future<Integer> client : clients) {
                int its = client.get();
                assertThat(its).as("requests of one client").isPositive();
                answered += its;
            }
            ControlPlaneMetrics metrics = timeline.call(controlPlane::metrics);
            ControlPlaneMetrics.Conservation counts = metrics.counts();
            assertThat(counts.holds()).as("%s", counts).isTrue();
            assertThat(counts.completed()).isEqualTo(answered).isGreaterThan(1_000);
            assertThat(counts.admitted()).as("%s", counts).isEqualTo(answered);
            assertThat(metrics.activity().policySwitches()).isEqualTo(SWITCHES);
            assertThat(timeline.call(controlPlane::engines).stream().mapToLong(EngineStatus::dispatched).sum())
                    .as("each was sent to an engine once")
                    .isEqualTo(answered);
            assertThat(timeline.failure()).isEmpty();
        }
    }

    private interface Scheduler {
        Future<Answer> schedule(Callable<Answer> action, long delay, TimeUnit unit);
    }

    /// All policies in turn. Where the machine is too busy for 100 ms, later.
    private static void switchPolicies(int port, Scheduler clock) throws Exception {
        List<String> policies = Policies.installed().all().stream().map(PolicyFactory::name).toList();
        try (var connection = new RawHttp(port)) {
            for (int i = 1; i <= SWITCHES; i++) {
                String body = "{'policy':'" + policies.get(i % policies.size()) + "'}";
                Answer answer = clock.schedule(
                                () -> connection.send(RawHttp.post("/admin/set_policy", body)).answer(), 100, TimeUnit.MILLISECONDS)
                        .get();
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("\"epoch\":" + (i + 1) + ",");
            }
        }
    }

    /// Asks again as soon as it is answered, by one connection. Its result is how often it was.
    private final class Client implements Callable<Integer> {
        private final int port;
        private final String name;
        private final boolean embeds;
        private final SplittableRandom chance;

        Client(int port, String name, boolean embeds, SplittableRandom chance) {
            this.port = port;
            this.name = name;
            this.embeds = embeds;
            this.chance = chance;
        }

        @Override
        public Integer call() throws IOException {
            int asked = 0;
            long epoch = 1;
            try (var connection = new RawHttp(port)) {
                while (!over.get()) {
                    String id = name + "-" + asked++;
                    Answer answer = embeds ? embed(connection, id) : prompt(connection, id);
                    assertThat(answer.headers()).as("whose answer").containsEntry("x-request-id", id);
                    long its = Long.parseLong(answer.headers().get("x-policy-epoch"));
                    assertThat(its).as("epoch of %s", id).isGreaterThanOrEqualTo(epoch);
                    epoch = its;
                }
            }
            return asked;
        }

        private Answer prompt(RawHttp connection, String id) throws IOException {
            int tokens = chance.nextInt(5, 40);
            boolean streams = chance.nextBoolean();
            String body = "{'model':'m','messages':[{'role':'user','content':'" + "word ".repeat(chance.nextInt(1, 200)) + "'}],"
                    + (streams ? "'stream':true,'stream_options':{'include_usage':true}," : "") + "'max_tokens':" + tokens + "}";
            Answer answer = connection.send(RawHttp.chat(
                            body,
                            "X-Request-ID: " + id,
                            "X-Tenant-Id: t" + chance.nextInt(3),
                            "X-Request-Priority: " + PRIORITIES.get(chance.nextInt(PRIORITIES.size()))))
                    .answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":" + tokens);
            if (streams) {
                assertThat(answer.body().split("\"content\":\" ", -1)).as("pieces of %s", id).hasSize(tokens + 1);
                assertThat(answer.body()).endsWith("data: [DONE]\n\n").containsOnlyOnce("[DONE]");
            }
            return answer;
        }

        private Answer embed(RawHttp connection, String id) throws IOException {
            Answer answer = connection.send(
                            RawHttp.post("/v1/embeddings", "{'model':'e','input':['one','two','three']}", "X-Request-ID: " + id))
                    .answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body().split("\"index\":", -1)).as("vectors of %s", id).hasSize(4);
            return answer;
        }
    }
}
