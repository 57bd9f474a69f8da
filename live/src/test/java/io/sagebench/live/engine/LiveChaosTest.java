package io.sagebench.live.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.controlplane.BreakerSettings;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.ControlPlaneMetrics;
import io.sagebench.controlplane.ControlPlaneSettings;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.controlplane.FailureSettings;
import io.sagebench.controlplane.PhaseLimits;
import io.sagebench.controlplane.ProbeSettings;
import io.sagebench.controlplane.RetrySettings;
import io.sagebench.engine.Engine;
import io.sagebench.engine.EngineId;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.live.server.ControlPlaneServer;
import io.sagebench.live.server.ServerSettings;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A minute of load on a control plane in front of four servers that are killed, hang, slow down, fail and come back. The first ten seconds are calm,
/// and so are the last fourteen.
@Tag("chaos")
@Timeout(180)
class LiveChaosTest {
    private static final int SECONDS = 60;
    private static final int PER_SECOND = 40;
    private static final int REQUESTS = SECONDS * PER_SECOND;
    private static final Duration PATIENT = Duration.ofSeconds(40);
    private static final Duration DEADLINE = Duration.ofSeconds(6);
    /// As by default, but quick enough for a minute: a silent server is given up after a few seconds.
    private static final FailureSettings FAILURES = new FailureSettings(
            Optional.of(new ProbeSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 3, Duration.ofMinutes(2), 0.1)),
            Optional.of(new BreakerSettings(20, 0.5, Duration.ofMillis(500), Duration.ofSeconds(3), 0.2, 2)),
            RetrySettings.DEFAULT,
            Optional.of(new PhaseLimits(1, Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(3))),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    private final RunClock clock = new RunClock();
    private final LiveTimeline clients = new LiveTimeline("clients", clock, _ -> {});
    private final LiveTimeline gateway = new LiveTimeline("gateway", clock, _ -> {});
    private final LiveTimeline servers = new LiveTimeline("servers", clock, _ -> {});
    private final List<FailingServer> failing = new ArrayList<>();
    private final List<HttpEngine> engines = new ArrayList<>();
    private final Queue<RequestRecord> ended = new ConcurrentLinkedQueue<>();

    @Test
    void everyRequestEndsOnceAndRecoveredServersServeAsBefore() throws Exception {
        var options = new ClientOptions(PATIENT, PATIENT, PATIENT, PATIENT, true, true, Optional.empty());
        servers.start();
        for (String name : List.of("a", "b", "c", "d")) {
            failing.add(new FailingServer(servers, name));
            engines.add(HttpEngine.connect(
                    gateway, new EngineId(name), failing.getLast().url(), HttpEngineSettings.DEFAULT.withMaxConcurrent(8)));
        }
        var controlPlane = new ControlPlane(
                gateway,
                Policies.installed(),
                "fifo",
                List.<Engine>copyOf(engines),
                ControlPlaneSettings.DEFAULT.with(FAILURES),
                new Seed(1),
                System::nanoTime);
        try (var server = new ControlPlaneServer(gateway, controlPlane, Policies.installed(), ServerSettings.onLoopback(0));
                var client = new HttpLoadClient(URI.create("http://127.0.0.1:" + server.port()), options, clock, clients)) {
            gateway.start();
            clients.start();
            await().until(() -> gateway.call(controlPlane::engines).stream().allMatch(engine -> engine.health().inService()));
            send(client);
            List<Long> dispatchedBefore = whileTroubled(controlPlane);
            await().atMost(PATIENT.plusSeconds(60)).until(() -> ended.size() >= REQUESTS);

            expectOneEndEach(gateway.call(controlPlane::metrics));
            List<Long> dispatchedAfter = dispatched(controlPlane);
            for (int i = 0; i < 4; i++) {
                assertThat(dispatchedAfter.get(i) - dispatchedBefore.get(i))
                        .as("requests to server %d in the last ten seconds", i)
                        .isGreaterThan(PER_SECOND / 4);
            }
            assertThat(gateway.call(controlPlane::engines)).allMatch(engine -> engine.health().inService() && engine.running() == 0);
            assertThat(attainment(0)).as("before").isGreaterThan(0.9);
            assertThat(attainment(SECONDS - 10)).as("after").isGreaterThan(attainment(0) - 0.1);
        } finally {
            engines.forEach(HttpEngine::close);
            failing.forEach(FailingServer::close);
            List.of(clients, gateway, servers).forEach(LiveTimeline::close);
        }
        assertThat(List.of(clients, gateway, servers)).allMatch(timeline -> timeline.failure().isEmpty());
    }

    private void expectOneEndEach(ControlPlaneMetrics metrics) {
        ControlPlaneMetrics.Conservation counts = metrics.counts();
        assertThat(ended.stream().map(record -> record.planned().id()).distinct()).hasSize(REQUESTS);
        assertThat(ended).hasSize(REQUESTS);
        assertThat(ended).as("the control plane ends each before its client gives up").allSatisfy(record -> {
            assertThat(record.outcome()).isNotInstanceOfAny(Outcome.TimedOut.class, Outcome.Cancelled.class, Outcome.ConnectionFailed.class);
            if (record.isCompleted()) {
                assertThat(record.tokens().output()).isEqualTo(record.planned().outputTokens());
            }
        });
        assertThat(counts.holds()).as("%s", counts).isTrue();
        assertThat(counts.queued() + counts.running()).as("%s", counts).isZero();
        assertThat(counts.admitted() + counts.refusedAtOnce()).as("%s", counts).isEqualTo(REQUESTS);
        assertThat(counts.completed()).as("%s", counts).isEqualTo(ended.stream().filter(RequestRecord::isCompleted).count());
        assertThat(counts.failed()).as("there was trouble").isPositive();
        assertThat(metrics.activity().retries()).isPositive();
        assertThat(metrics.activity().breakerOpenings()).isPositive();
    }

    private void send(HttpLoadClient client) {
        long beginNanos = clock.nowNanos();
        for (int i = 0; i < REQUESTS; i++) {
            PlannedRequest request = planned(i, beginNanos + i * 1_000_000_000L / PER_SECOND);
            clients.execute(() -> clients.at(request.intendedAtNanos(), () -> client.send(request, ended::add)));
        }
    }

    /// What happens to the servers, and how many requests each had got ten seconds before the end.
    private List<Long> whileTroubled(ControlPlane controlPlane) throws Exception {
        FailingServer a = failing.get(0);
        FailingServer b = failing.get(1);
        FailingServer c = failing.get(2);
        FailingServer d = failing.get(3);
        try (var operator = Executors.newScheduledThreadPool(2)) {
            var acts = new ArrayList<Future<?>>();
            record Act(int second, Runnable what) {}
            for (Act act : List.of(
                    new Act(10, a::kill),
                    new Act(14, () -> b.follow("hang")),
                    new Act(16, () -> d.follow("reset:after=3@50%")),
                    new Act(18, a::revive),
                    new Act(20, () -> c.follow("slow:8x")),
                    new Act(24, () -> b.follow("none")),
                    new Act(26, () -> d.follow("none")),
                    new Act(30, a::kill),
                    new Act(30, () -> c.follow("none")),
                    new Act(32, () -> b.follow("hang:after=3@50%,error:429@30%")),
                    new Act(34, () -> c.follow("error:503,slow:4x")),
                    new Act(36, a::revive),
                    new Act(38, d::kill),
                    new Act(40, () -> c.follow("crash:at=1ms,for=5s")),
                    new Act(42, () -> b.follow("none")),
                    new Act(43, d::revive),
                    new Act(46, () -> c.follow("none")))) {
                acts.add(operator.schedule(act.what(), act.second(), TimeUnit.SECONDS));
            }
            List<Long> dispatched = operator.schedule(() -> dispatched(controlPlane), SECONDS - 10, TimeUnit.SECONDS).get();
            for (Future<?> act : acts) {
                act.get();
            }
            return dispatched;
        }
    }

    private List<Long> dispatched(ControlPlane controlPlane) {
        return gateway.call(controlPlane::engines).stream().map(EngineStatus::dispatched).toList();
    }

    /// The share of the requests of ten seconds that were answered within their deadline.
    private double attainment(int fromSecond) {
        long first = (long) fromSecond * PER_SECOND;
        List<RequestRecord> those = ended.stream()
                .filter(record -> record.planned().index() >= first && record.planned().index() < first + 10L * PER_SECOND)
                .toList();
        long met = those.stream()
                .filter(record -> record.isCompleted()
                        && record.endedAtNanos() - record.planned().intendedAtNanos() <= DEADLINE.toNanos())
                .count();
        return (double) met / those.size();
    }

    private static PlannedRequest planned(int index, long atNanos) {
        return new PlannedRequest(
                new RequestId("r" + index),
                index,
                atNanos,
                "m",
                index % 5 == 0 ? Priority.HIGH : Priority.NORMAL,
                ServiceLevel.endToEnd(DEADLINE),
                10 + index * 7 % 300,
                10 + index % 30,
                new Seed(index));
    }
}
