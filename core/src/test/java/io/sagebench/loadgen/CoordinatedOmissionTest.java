package io.sagebench.loadgen;

import static io.sagebench.workload.WorkloadSpecBuilder.aWorkloadOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.metrics.Samples;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.time.Timeline;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.Extent;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A server that stops for one second, as Gil Tene's example of coordinated omission has it: latency from the intended time must show the stop
/// in full, latency from the send need not.
///
/// The two can only differ where sends are late. Our live client sends on time whatever the server does, so there they agree by design; the
/// difference is shown here with a client that keeps one request in flight and holds the others back, as many load generators do.
class CoordinatedOmissionTest {
    private static final long MS = 1_000_000;
    private static final int REQUESTS = 100;
    private static final int STOPS_AT = 50;

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Samples fromIntended = new Samples();
    private final Samples fromSent = new Samples();

    @Test
    void theStopShowsFromTheIntendedTimeAndHidesFromTheSend() {
        run(new OneAtATimeClient(timeline));
        // Request 50, due at 5.0 s, takes 1,010 ms. Request 50 + k, due k * 100 ms later, waits for it and is answered at 6.010 s + k * 10 ms,
        // so after 1,010 - 90 k ms, for k to 11; all others take 10 ms. Rank 98.01 of 100 lies between 920 (k = 1) and 1,010 ms.
        assertThat(p99(fromIntended)).isCloseTo(920.9, within(1e-6));
        // One of 100 sends saw the stop: rank 98.01 lies just above 10 ms.
        assertThat(p99(fromSent)).isCloseTo(20, within(1e-6));
    }

    @Test
    void anOpenLoopClientSendsOnTimeSoBothAgree() {
        run(new OnTimeClient(timeline));
        assertThat(p99(fromIntended)).isEqualTo(p99(fromSent)).isCloseTo(920.9, within(1e-6));
    }

    /// The caller that waits is the only one there is: nobody else comes during the stop, so that it is one slow request of a hundred from either
    /// time. That is why a closed loop says nothing of what users would wait.
    @Test
    void aClosedLoopHidesTheStopFromBothTimes() {
        var loop = aWorkloadOf(new Load.Closed(1, Extent.requests(REQUESTS))).build();
        run(WorkloadPlan.measured(loop, new Seed(1)), new OnTimeClient(timeline));
        assertThat(p99(fromIntended)).isEqualTo(p99(fromSent)).isCloseTo(20, within(1e-6));
    }

    /// The load generator's own limit holds back as the first client does, and does not hide it.
    @Test
    void aLimitOnWhatIsInFlightShowsTheStopFromTheIntendedTime() {
        var generator = new LoadGenerator(
                timeline, new EveryTenthOfASecond(), 0, 1, new OnTimeClient(timeline), this::write, () -> {});
        generator.start();
        timeline.run();
        assertThat(p99(fromIntended)).isCloseTo(920.9, within(1e-6));
        assertThat(p99(fromSent)).isCloseTo(20, within(1e-6));
        assertThat(generator.heldBack()).as("due at 5.1 to 6.1 s").isEqualTo(11);
    }

    private void run(LoadClient client) {
        run(new EveryTenthOfASecond(), client);
    }

    private void run(Plan plan, LoadClient client) {
        var generator = new LoadGenerator(timeline, plan, 0, client, this::write, () -> {});
        generator.start();
        timeline.run();
        assertThat(fromIntended.count()).isEqualTo(REQUESTS);
    }

    private void write(RequestRecord ended) {
        fromIntended.add(ended.endToEndNanos().orElseThrow());
        fromSent.add(ended.endToEndSinceSentNanos().orElseThrow());
    }

    private static double p99(Samples samples) {
        return samples.summary().orElseThrow().p99() / MS;
    }

    /// A server that answers one request after the other in 10 ms each, and stops for a second at one of them.
    private static long serviceNanos(PlannedRequest request) {
        return request.index() == STOPS_AT ? 1_010 * MS : 10 * MS;
    }

    private static RequestRecord answered(PlannedRequest request, long sentAtNanos, long nowNanos) {
        var content = new ContentEvents();
        content.event(nowNanos);
        return new RequestRecord(
                request,
                OptionalLong.of(sentAtNanos),
                content,
                nowNanos,
                TokenCounts.ofEvents(1),
                Optional.empty(),
                new Outcome.Completed());
    }

    /// Holds each request back until the one before was answered.
    private static final class OneAtATimeClient implements LoadClient {
        private final Timeline timeline;
        private final Queue<Runnable> heldBack = new ArrayDeque<>();
        private boolean busy;

        OneAtATimeClient(Timeline timeline) {
            this.timeline = timeline;
        }

        @Override
        public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
            heldBack.add(() -> {
                long sentAtNanos = timeline.nowNanos();
                timeline.after(serviceNanos(request), () -> {
                    ended.accept(answered(request, sentAtNanos, timeline.nowNanos()));
                    busy = false;
                    sendNext();
                });
            });
            sendNext();
        }

        private void sendNext() {
            if (!busy && !heldBack.isEmpty()) {
                busy = true;
                heldBack.remove().run();
            }
        }

        @Override
        public void cancelAll() {}
    }

    /// Sends at once; requests wait at the server instead.
    private static final class OnTimeClient implements LoadClient {
        private final Timeline timeline;
        private long serverFreeAtNanos;

        OnTimeClient(Timeline timeline) {
            this.timeline = timeline;
        }

        @Override
        public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
            long sentAtNanos = timeline.nowNanos();
            serverFreeAtNanos = Math.max(serverFreeAtNanos, sentAtNanos) + serviceNanos(request);
            timeline.at(serverFreeAtNanos, () -> ended.accept(answered(request, sentAtNanos, timeline.nowNanos())));
        }

        @Override
        public void cancelAll() {}
    }

    private static final class EveryTenthOfASecond implements Plan {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(REQUESTS);
        }

        @Override
        public Reading open(long beginAtNanos) {
            return Reading.of(LongStream.range(0, REQUESTS)
                    .mapToObj(index -> new PlannedRequest(
                            new RequestId("r" + index),
                            index,
                            beginAtNanos + index * 100 * MS,
                            "default",
                            Priority.NORMAL,
                            ServiceLevel.NONE,
                            1,
                            1,
                            new Seed(index)))
                    .iterator());
        }
    }
}
