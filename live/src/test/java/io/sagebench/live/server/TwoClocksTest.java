package io.sagebench.live.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.Payload;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.journal.RequestRecord;
import io.sagebench.live.client.ClientOptions;
import io.sagebench.live.client.HttpLoadClient;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.clock.RunClock;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.PlannedRequest;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One engine, two clocks: the same requests over loopback HTTP and in virtual time.
@Timeout(120)
class TwoClocksTest {
    private static final int REQUESTS = 100;
    private static final long GAP_NANOS = 60_000_000;
    private static final long WARM_UP_GAP_NANOS = 5_000_000;
    private static final double SHARE_OFF = 0.02;
    private static final double MILLIS_OFF = 5;
    private static final long STOOD_STILL_NANOS = 500_000_000;
    private static final Duration PATIENT = Duration.ofSeconds(60);

    /// Long enough steps, few enough sequences and little enough cache that requests queue, share batches and are preempted.
    private static EngineProfile profile() {
        return EngineProfiles.named("qwen2.5-7b-h100").orElseThrow().withMaxNumSeqs(6).withKvBlocks(50);
    }

    /// What a run gave.
    ///
    /// @param ttftNanos     as the client saw it, by request
    /// @param endToEndNanos as the client saw it, by request
    /// @param reports       of the engine, in the order in which it admitted the requests
    /// @param latestTimerNanos by how much the latest timer was late; 0 in virtual time
    private record Run(
            Map<String, Long> ttftNanos,
            Map<String, Long> endToEndNanos,
            List<SequenceReport> reports,
            long preemptions,
            long latestTimerNanos) {
        List<String> admitted() {
            return reports.stream().map(report -> report.job().id().value()).toList();
        }
    }

    /// One request as the engine is to get it.
    private record Arrival(EngineJob job, long atNanos) {}

    @Test
    void theSameTraceIsAdmittedInTheSameOrderAndTakesTheSameTimes() throws BindException {
        Run simulated = inVirtualTime(trace(0, GAP_NANOS).stream()
                .map(request -> new Arrival(jobOf(request), request.intendedAtNanos()))
                .toList());
        Run served = overHttp();
        for (int again = 0; again < 2 && served.latestTimerNanos() > STOOD_STILL_NANOS; again++) {
            served = overHttp(); // a machine that stood still for so long made most requests late, not a few
        }
        assertThat(simulated.preemptions()).isPositive();
        assertThat(served.admitted()).isEqualTo(simulated.admitted());
        compare("TTFT", served.ttftNanos(), simulated.ttftNanos());
        compare("E2E", served.endToEndNanos(), simulated.endToEndNanos());
        theEngineKeepsItsTimesHoweverLateTheMachineIs(served);
    }

    /// With the arrivals that the live engine really had, virtual time gives its times to the nanosecond.
    private static void theEngineKeepsItsTimesHoweverLateTheMachineIs(Run served) {
        long apiNanos = profile().overhead().apiNanos();
        Run again = inVirtualTime(served.reports().stream()
                .map(report -> new Arrival(report.job(), report.queuedAtNanos() - apiNanos))
                .toList());
        assertThat(times(again)).isEqualTo(times(served));
    }

    private static List<String> times(Run run) {
        return run.reports().stream()
                .map(report -> report.job().id() + ": queued " + report.queuedAtNanos() + ", admitted "
                        + report.admittedAtNanos() + ", first token " + report.firstTokenAtNanos() + ", last "
                        + report.lastTokenAtNanos())
                .toList();
    }

    private static List<PlannedRequest> trace(long beginAtNanos, long gapNanos) {
        var chance = new SplittableRandom(11);
        var trace = new ArrayList<PlannedRequest>();
        for (int i = 0; i < REQUESTS; i++) {
            trace.add(new PlannedRequest(
                    new RequestId("r" + i),
                    i,
                    beginAtNanos + i * gapNanos + chance.nextLong(gapNanos / 2),
                    ServedModels.ANY,
                    Priority.NORMAL,
                    ServiceLevel.NONE,
                    chance.nextInt(20, 400),
                    chance.nextInt(1, 40),
                    new Seed(i)));
        }
        return trace;
    }

    private static EngineJob jobOf(PlannedRequest request) {
        return new EngineJob(
                request.id(),
                request.model(),
                request.priority(),
                request.promptTokens(),
                request.outputTokens(),
                Payload.NONE);
    }

    private static Run inVirtualTime(List<Arrival> arrivals) {
        var timeline = new VirtualTimeline();
        var engine = new Overheard(timeline);
        var ttft = new HashMap<String, Long>();
        var endToEnd = new HashMap<String, Long>();
        for (Arrival arrival : arrivals) {
            String id = arrival.job().id().value();
            timeline.at(arrival.atNanos(), () -> engine.start(arrival.job(), new EngineEvents() {
                private boolean begun;

                @Override
                public void tokens(int count) {
                    if (!begun) {
                        begun = true;
                        ttft.put(id, timeline.nowNanos() - arrival.atNanos());
                    }
                }

                @Override
                public void finished(EngineResult result) {
                    endToEnd.put(id, timeline.nowNanos() - arrival.atNanos());
                }

                @Override
                public void failed(EngineFailure failure) {
                    throw new AssertionError(failure);
                }
            }));
        }
        timeline.run();
        return new Run(ttft, endToEnd, engine.admitted(), engine.stats().preemptions(), 0);
    }

    private static Run overHttp() throws BindException {
        var clock = new RunClock();
        var ended = new ConcurrentLinkedQueue<RequestRecord>();
        var options = new ClientOptions(PATIENT, PATIENT, PATIENT, PATIENT, true, true, Optional.empty());
        try (var clientSide = new LiveTimeline("client", clock, _ -> {});
                var serverSide = new LiveTimeline("server", clock, _ -> {})) {
            var engine = new Overheard(serverSide);
            try (var server = new EngineServer(
                            serverSide, engine, Adjustable.NOTHING, MockEngineOptions.DEFAULT, ServerSettings.onLoopback(0));
                    var client = new HttpLoadClient(
                            URI.create("http://127.0.0.1:" + server.port()), options, clock, clientSide)) {
                serverSide.start();
                clientSide.start();
                for (long gapNanos : new long[] {WARM_UP_GAP_NANOS, GAP_NANOS}) { // a cold server takes up requests out of order
                    ended.clear();
                    serverSide.call(engine::forget);
                    long beginAtNanos = clock.nowNanos() + 200_000_000;
                    clientSide.execute(() -> send(trace(beginAtNanos, gapNanos), clientSide, client, ended));
                    await().atMost(PATIENT).until(() -> ended.size() == REQUESTS);
                }
                assertThat(ended).allSatisfy(record -> {
                    assertThat(record.isCompleted()).as("%s", record.outcome()).isTrue();
                    assertThat(record.tokens().prompt()).hasValue(record.planned().promptTokens());
                });
                var ttft = new HashMap<String, Long>();
                var endToEnd = new HashMap<String, Long>();
                ended.forEach(record -> {
                    String id = record.planned().id().value();
                    ttft.put(id, record.ttftNanos().orElseThrow());
                    endToEnd.put(id, record.endToEndNanos().orElseThrow());
                });
                long latest = Math.max(clientSide.lateness().longestNanos(), serverSide.lateness().longestNanos());
                return serverSide.call(() -> new Run(ttft, endToEnd, engine.admitted(), engine.stats().preemptions(), latest));
            }
        }
    }

    private static void send(
            List<PlannedRequest> trace, LiveTimeline timeline, HttpLoadClient client, Queue<RequestRecord> ended) {
        trace.forEach(request -> timeline.at(request.intendedAtNanos(), () -> client.send(request, ended::add)));
    }

    /// By the median over the requests of how far each is from itself in virtual time, as a share of what is allowed: so that a pause of the
    /// machine, which makes some requests late, does not count against the engine.
    private static void compare(String what, Map<String, Long> served, Map<String, Long> simulated) {
        double[] shares = served.entrySet().stream()
                .mapToDouble(request -> {
                    double expected = requireNonNull(simulated.get(request.getKey()));
                    return Math.abs(request.getValue() - expected) / (expected * SHARE_OFF + MILLIS_OFF * 1e6);
                })
                .sorted()
                .toArray();
        assertThat(shares).hasSize(REQUESTS);
        assertThat(shares[REQUESTS / 2]).as("%s: typical difference, as a share of 2 %% + 5 ms", what).isLessThan(1);
    }

    /// An engine that also tells in which order it admitted its requests.
    private static final class Overheard implements MonitoredEngine {
        private final SimulatedEngine engine;
        private final Queue<SequenceReport> reports = new ConcurrentLinkedQueue<>();

        Overheard(Timeline timeline) {
            engine = new SimulatedEngine(timeline, new EngineId("e"), ServedModels.of("m"), profile());
            observe(EngineObserver.NONE);
        }

        boolean forget() {
            reports.clear();
            return true;
        }

        List<SequenceReport> admitted() {
            return reports.stream()
                    .sorted(Comparator.comparingLong((SequenceReport report) -> report.admittedAtNanos().orElseThrow())
                            .thenComparingLong(SequenceReport::queuedAtNanos))
                    .toList();
        }

        @Override
        public void observe(EngineObserver observer) {
            engine.observe(new EngineObserver() {
                @Override
                public void stepped(int scheduledTokens) {
                    observer.stepped(scheduledTokens);
                }

                @Override
                public void ended(SequenceReport report) {
                    reports.add(report);
                    observer.ended(report);
                }
            });
        }

        @Override
        public EngineDescription description() {
            return engine.description();
        }

        @Override
        public EngineWork start(EngineJob job, EngineEvents events) {
            return engine.start(job, events);
        }

        @Override
        public EngineStats stats() {
            return engine.stats();
        }

        @Override
        public void sleep() {
            engine.sleep();
        }

        @Override
        public void wake() {
            engine.wake();
        }
    }
}
