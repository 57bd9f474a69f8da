package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.BenchmarkConfig.ClientConfig;
import io.sagebench.controlplane.ControlPlane;
import io.sagebench.controlplane.QueueLimits;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.journal.RequestRecord;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.request.TimeoutPhase;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualClientTest {
    private static final Duration LONG = Duration.ofHours(1);
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final EngineProfile profile = EngineProfiles.named("llama3-8b-a100").orElseThrow().withMaxNumSeqs(1);
    private final ControlPlane controlPlane = new ControlPlane(
            timeline,
            Policies.installed(),
            "fifo",
            List.of(new SimulatedEngine(timeline, new EngineId("e"), ServedModels.of("m"), profile)),
            new QueueLimits(1, 1, 1_000_000, true),
            new Seed(1),
            () -> 0);
    private final List<RequestRecord> records = new ArrayList<>();

    @Test
    void aCompletedRequestHasATimeForEachTokenAndSaysWhoServedIt() {
        send(client(LONG, LONG, LONG, true), request(1));
        RequestRecord record = onlyRecord();
        assertThat(record.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(record.content().events()).isEqualTo(100);
        assertThat(record.tokens().output()).isEqualTo(100);
        assertThat(record.tokens().prompt()).hasValue(50);
        assertThat(record.servedBy().orElseThrow().instance()).isEqualTo("e");
        assertThat(record.endedAtNanos()).isEqualTo(record.content().lastContentAtNanos().orElseThrow());
    }

    @Test
    void withoutStreamingOnlyTheWholeAnswerHasATime() {
        send(client(LONG, LONG, LONG, false), request(1));
        assertThat(onlyRecord().ttftNanos()).isEmpty();
        assertThat(onlyRecord().endToEndNanos()).isPresent();
        assertThat(onlyRecord().tokens().output()).isEqualTo(100);
    }

    @Test
    void eachLimitEndsTheRequestInItsOwnPhaseAndFreesTheEngine() {
        // The first token takes about 20 ms, each further one about 13 ms, all about 1.3 s.
        assertThat(outcomeWith(LONG, Duration.ofMillis(5), LONG)).isEqualTo(new Outcome.TimedOut(TimeoutPhase.FIRST_BYTE));
        assertThat(outcomeWith(LONG, LONG, Duration.ofMillis(5))).isEqualTo(new Outcome.TimedOut(TimeoutPhase.IDLE));
        assertThat(outcomeWith(Duration.ofMillis(500), LONG, LONG)).isEqualTo(new Outcome.TimedOut(TimeoutPhase.TOTAL));
        assertThat(controlPlane.metrics().running()).isZero();
    }

    private Outcome outcomeWith(Duration total, Duration firstByte, Duration idle) {
        records.clear();
        long sentAtNanos = timeline.nowNanos();
        send(client(total, firstByte, idle, true), request(1));
        timeline.run();
        assertThat(onlyRecord().endedAtNanos() - sentAtNanos).isLessThan(501_000_000);
        return onlyRecord().outcome();
    }

    @Test
    void refusalsHaveTheOutcomeOfTheirStatus() {
        VirtualClient client = client(LONG, LONG, LONG, true);
        send(client, request(1));
        send(client, request(2).withDeadline(Duration.ofMillis(100)));
        send(client, request(3));
        send(client, request(4).withModel("other"));
        timeline.run();
        assertThat(records)
                .extracting(record -> record.planned().id() + " " + record.outcome().wireName() + " " + record.outcome().detail())
                .containsExactly(
                        "3 rejected 429: the queue is full: 1 requests wait",
                        "4 http_error 404: the model 'other' does not exist",
                        "2 http_error 504: the deadline passed while the request was queued",
                        "1 completed ");
    }

    @Test
    void cancellingEndsWhatIsInFlightOnce() {
        VirtualClient client = client(LONG, LONG, LONG, true);
        send(client, request(1));
        send(client, request(2));
        timeline.at(100_000_000, client::cancelAll);
        timeline.run();
        assertThat(records).hasSize(2).allMatch(record -> record.outcome() instanceof Outcome.Cancelled);
        assertThat(records).allMatch(record -> record.endedAtNanos() == 100_000_000);
        assertThat(controlPlane.metrics().counts().cancelled()).isEqualTo(2);
    }

    private VirtualClient client(Duration total, Duration firstByte, Duration idle, boolean streaming) {
        return new VirtualClient(timeline, controlPlane, new ClientConfig(total, LONG, firstByte, idle, streaming, true));
    }

    private void send(VirtualClient client, Request request) {
        client.send(request.planned(), records::add);
    }

    private RequestRecord onlyRecord() {
        timeline.run();
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static Request request(int id) {
        return new Request(id, "m", ServiceLevel.NONE);
    }

    private record Request(int id, String model, ServiceLevel serviceLevel) {
        Request withDeadline(Duration deadline) {
            return new Request(id, model, ServiceLevel.endToEnd(deadline));
        }

        Request withModel(String name) {
            return new Request(id, name, serviceLevel);
        }

        PlannedRequest planned() {
            return new PlannedRequest(
                    new RequestId("" + id), id, 0, model, Priority.NORMAL, serviceLevel, 50, 100, new Seed(id));
        }
    }
}
