package io.sagebench.benchmark.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.benchmark.dashboard.DashboardState.Turning;
import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.live.dashboard.Snapshot;
import io.sagebench.live.dashboard.Snapshot.Instance;
import io.sagebench.live.dashboard.Snapshot.Kind;
import io.sagebench.live.dashboard.Snapshot.PolicyFigures;
import io.sagebench.live.dashboard.Snapshot.Position;
import io.sagebench.live.dashboard.Snapshot.State;
import io.sagebench.metrics.recent.LatencyPercentiles;
import io.sagebench.metrics.recent.RecentPoint;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DashboardStateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000;
    private static final Turning FIFO = new Turning("fifo", 1, 2, 1, 1, OptionalLong.of(4));
    private static final Turning VTC = new Turning("vtc", 2, 2, 1, 1, OptionalLong.of(4));

    private final AtomicLong now = new AtomicLong(7 * SECOND);
    private final DashboardState state = new DashboardState(Kind.BENCHMARK, "Run of fifo", now::get);

    @Test
    void knowsNothingBeforeTheTargetIsThere() {
        Snapshot snapshot = state.snapshot(ServerView.NONE);
        assertThat(snapshot.status().state()).isEqualTo(State.STARTING);
        assertThat(snapshot.status().position()).isEmpty();
        assertThat(snapshot.measured()).isEmpty();
        assertThat(snapshot.counts().queued()).isEmpty();
    }

    @Test
    void followsAMeasurementSecondBySecond() {
        state.target("Target: http://gpu1:8080", false);
        state.warmingUp(FIFO, 10);
        assertThat(state.snapshot(ServerView.NONE).status()).satisfies(status -> {
            assertThat(status.state()).isEqualTo(State.WARMING_UP);
            assertThat(status.detail()).isEqualTo("with 10 requests");
        });
        state.measuring(FIFO);
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "gpu-1"));
        now.addAndGet(SECOND);
        state.ended(answer(0, 300 * MILLI, 700 * MILLI, 5, "gpu-2"));
        state.ended(failure(SECOND));
        state.progress(SECOND, 4, 3);
        Snapshot snapshot = state.snapshot(ServerView.NONE);

        assertThat(snapshot.status().policy()).isEqualTo("fifo");
        assertThat(snapshot.counts().completed()).isEqualTo(2);
        assertThat(snapshot.counts().met()).hasValue(1); // within 600 ms
        assertThat(snapshot.counts().errors()).isEqualTo(1);
        assertThat(snapshot.counts().inFlight()).hasValue(1);
        assertThat(snapshot.recent()).extracting(RecentPoint::completed).containsExactly(1, 1);
        assertThat(snapshot.recent()).extracting(RecentPoint::errors).containsExactly(0, 1);
        assertThat(snapshot.recent().getLast().inFlight()).hasValue(1);
        assertThat((double) snapshot.recent().getLast().ttft().p99Nanos()).isCloseTo(300.0 * MILLI, within(6.0 * MILLI));
        assertThat((double) snapshot.recent().getLast().tpot().p50Nanos()).isCloseTo(100.0 * MILLI, within(2.0 * MILLI));
        assertThat(snapshot.status().position()).contains(
                new Position("", 0, 0, 1, 2, 1, 1, 3, OptionalLong.of(4), OptionalLong.of(SECOND / 3)));
    }

    @Test
    void keepsWhatEachPolicyGave() {
        state.measuring(FIFO);
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "a"));
        state.progress(2 * SECOND, 1, 1);
        state.measuring(VTC);
        state.ended(answer(0, 200 * MILLI, 500 * MILLI, 5, "a"));
        state.ended(answer(0, 200 * MILLI, 500 * MILLI, 5, "a"));
        now.addAndGet(3 * SECOND);

        List<PolicyFigures> measured = state.snapshot(ServerView.NONE).measured();
        assertThat(measured).extracting(PolicyFigures::policy).containsExactly("fifo", "vtc");
        assertThat(measured).extracting(PolicyFigures::underWay).containsExactly(false, true);
        assertThat(measured).extracting(figures -> figures.counts().completed()).containsExactly(1L, 2L);
        assertThat(measured).extracting(PolicyFigures::spanNanos).containsExactly(2 * SECOND, 3 * SECOND);
        assertThat(measured.getLast().ttft().count()).isEqualTo(2);
    }

    @Test
    void saysWhichPointAndRepeat() {
        state.position("8 requests/s", 1, 4);
        state.measuring(new Turning("fifo", 2, 4, 2, 2, OptionalLong.of(10)));
        Snapshot snapshot = state.snapshot(ServerView.NONE);
        assertThat(snapshot.measured()).singleElement().extracting(PolicyFigures::where).isEqualTo("8 requests/s, repeat 2");
        assertThat(snapshot.status().position()).hasValueSatisfying(position -> {
            assertThat(position.point()).isEqualTo("8 requests/s");
            assertThat(position.pointsEnded()).isEqualTo(1);
            assertThat(position.points()).isEqualTo(4);
        });
    }

    @Test
    void theLastStateStays() {
        state.measuring(FIFO);
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "a"));
        state.progress(SECOND, 1, 1);
        state.finished(State.DONE, "");
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "a")); // after its end
        Snapshot snapshot = state.snapshot(ServerView.NONE);
        assertThat(snapshot.status().state()).isEqualTo(State.DONE);
        assertThat(snapshot.counts().completed()).isEqualTo(1);
        assertThat(snapshot.measured()).singleElement().extracting(PolicyFigures::underWay).isEqualTo(false);
        assertThat(snapshot.status().position().orElseThrow().leftNanos()).isEmpty();
    }

    @Test
    void simulatedTimeIsTheRunsOwn() {
        state.target("Target: simulated (virtual time)", true);
        state.measuring(FIFO);
        state.ended(answer(3 * SECOND, 100 * MILLI, 500 * MILLI, 5, "a"));
        state.progress(4 * SECOND, 1, 1);
        state.measuring(VTC); // from the next whole second on
        state.ended(answer(SECOND, 100 * MILLI, 500 * MILLI, 5, "a"));
        Snapshot snapshot = state.snapshot(ServerView.NONE);
        assertThat(snapshot.subject().virtual()).isTrue();
        assertThat(snapshot.recent()).filteredOn(point -> point.completed() > 0).extracting(RecentPoint::second).containsExactly(3L, 6L);
        assertThat(snapshot.recent().getFirst().policy()).isEqualTo("fifo");
        assertThat(snapshot.recent().getLast().policy()).isEqualTo("vtc");
        assertThat(snapshot.nowNanos()).isEqualTo(6 * SECOND + 500 * MILLI);
    }

    @Test
    void joinsWhatTheServerSaysWithWhatAnswersSay() {
        state.measuring(FIFO);
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "gpu-2"));
        state.ended(answer(0, 100 * MILLI, 500 * MILLI, 5, "gpu-3"));
        var told = ServerView.read("""
                {"kind":"control_plane","counts":{"queued":9},"instances":[
                 {"id":"gpu-1","state":"draining","in_service":false,"reason":"asked to","running":3,"completed":500,"failed":1,"ttft_ms":null},
                 {"id":"gpu-2","state":"ready","in_service":true,"reason":"","running":null,"completed":500,"failed":1,"ttft_ms":null}]}
                """).orElseThrow();
        Snapshot snapshot = state.snapshot(told);
        assertThat(snapshot.counts().queued()).hasValue(9);
        assertThat(snapshot.recent().getLast().queued()).hasValue(9);
        assertThat(snapshot.instances()).extracting(Instance::id).containsExactly("gpu-1", "gpu-2", "gpu-3");
        assertThat(snapshot.instances()).extracting(Instance::state).containsExactly("draining", "ready", "");
        assertThat(snapshot.instances()).extracting(Instance::completed).containsExactly(0L, 1L, 1L);
        assertThat(snapshot.instances().getFirst().running()).hasValue(3);
        assertThat(snapshot.instances().getFirst().ttft()).isEqualTo(LatencyPercentiles.NONE);
    }

    @Test
    void whatIsNoAnswerOfAControlPlaneOfOursIsNothing() {
        for (String body : List.of("", "404", "[]", "{}", "<html>", "{\"kind\":\"benchmark\"}")) {
            assertThat(ServerView.read(body)).as(body).isEmpty();
        }
    }

    @Test
    void enginesThatAServerMakesUpAreBounded() {
        state.measuring(FIFO);
        for (int i = 0; i < 1000; i++) {
            state.ended(answer(0, MILLI, 2 * MILLI, 2, "engine-" + i));
        }
        assertThat(state.snapshot(ServerView.NONE).instances()).hasSize(256);
    }

    private static RequestRecord answer(long intended, long ttft, long last, int tokens, String by) {
        var content = new ContentEvents();
        content.event(intended + ttft);
        content.event(intended + last);
        return record(intended, content, intended + last, tokens, by, new Outcome.Completed());
    }

    private static RequestRecord failure(long endedAt) {
        return record(endedAt, new ContentEvents(), endedAt, 0, "", new Outcome.HttpError(500, "no"));
    }

    private static RequestRecord record(long intended, ContentEvents content, long ended, int tokens, String by, Outcome outcome) {
        var planned = new PlannedRequest(
                new RequestId("r"), 0, intended, "m", Priority.NORMAL, ServiceLevel.endToEnd(Duration.ofMillis(600)), 10, Math.max(1, tokens), new Seed(1));
        return new RequestRecord(
                planned,
                OptionalLong.of(intended),
                content,
                ended,
                new TokenCounts(OptionalInt.of(10), OptionalInt.of(tokens), tokens, TokenSource.USAGE),
                Optional.of(new ServedBy(by, "fifo", OptionalLong.empty(), OptionalLong.empty())),
                outcome);
    }
}
