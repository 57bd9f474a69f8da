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
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The load client, the control plane over HTTP and two simulated engines: the whole of an embedded run but the report.
@Timeout(60)
class LoadedControlPlaneTest {
    private static final int REQUESTS = 200;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final RunClock clock = new RunClock();
    private final LiveTimeline clientSide = new LiveTimeline("client-timeline", clock, _ -> {});
    private final LiveTimeline serverSide = new LiveTimeline("server-timeline", clock, _ -> {});

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersEveryRequestInFull(boolean streaming) throws BindException {
        var controlPlane = new ControlPlane(
                serverSide,
                Policies.installed(),
                "priority",
                List.of(simulated("a"), simulated("b")),
                QueueLimits.DEFAULT,
                new Seed(1),
                System::nanoTime);
        Queue<RequestRecord> ended = new ConcurrentLinkedQueue<>();
        var options =
                new ClientOptions(PATIENT, PATIENT, PATIENT, PATIENT, streaming, true, Optional.empty());
        try (serverSide;
                clientSide;
                var server = new ControlPlaneServer(
                        serverSide, controlPlane, Policies.installed(), ServerSettings.onLoopback(0));
                var client = new HttpLoadClient(
                        URI.create("http://127.0.0.1:" + server.port()), options, clock, clientSide)) {
            serverSide.start();
            clientSide.start();
            clientSide.execute(() -> IntStream.range(0, REQUESTS).forEach(i -> client.send(planned(i), ended::add)));
            await().until(() -> ended.size() == REQUESTS);
            assertThat(ended).allSatisfy(record -> {
                assertThat(record.isCompleted()).as("%s", record.outcome()).isTrue();
                assertThat(record.tokens().output()).isEqualTo(record.planned().outputTokens());
            });
            var counts = serverSide.call(controlPlane::metrics).counts();
            assertThat(counts.completed()).isEqualTo(REQUESTS);
            assertThat(counts.holds()).isTrue();
        }
    }

    private Engine simulated(String id) {
        var profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow();
        return new SimulatedEngine(serverSide, new EngineId(id), ServedModels.of("m"), profile);
    }

    private PlannedRequest planned(int index) {
        return new PlannedRequest(
                new RequestId("r" + index),
                index,
                clock.nowNanos(),
                index % 2 == 0 ? "m" : ServedModels.ANY,
                index % 3 == 0 ? Priority.HIGH : Priority.NORMAL,
                ServiceLevel.endToEnd(PATIENT),
                1 + index * 7 % 500,
                1 + index % 40,
                new Seed(index));
    }
}
