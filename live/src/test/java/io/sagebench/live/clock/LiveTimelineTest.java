package io.sagebench.live.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.time.Timeline;
import io.sagebench.time.TimelineContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveTimelineTest implements TimelineContract {

    @Override
    public void play(Consumer<Timeline> script, BooleanSupplier done) {
        var failed = new CompletableFuture<Throwable>();
        try (var timeline = new LiveTimeline("test-timeline", new RunClock(), failed::complete)) {
            script.accept(timeline); // armed before the start: from this thread
            timeline.start();
            while (!failed.isDone() && !isDone(timeline, done)) {
                Thread.onSpinWait();
            }
        }
        if (failed.isDone()) {
            throw (RuntimeException) failed.join();
        }
    }

    private static boolean isDone(LiveTimeline timeline, BooleanSupplier done) {
        try {
            return timeline.call(done::getAsBoolean);
        } catch (RejectedExecutionException | java.util.concurrent.CancellationException ended) {
            assertThat(timeline.failure()).as("why it ended: %s", ended).isPresent();
            return true;
        }
    }

    @Test
    void runsPostsOfEachThreadInTheirOrder() throws InterruptedException {
        try (var timeline = started()) {
            int perThread = 10_000;
            var seen = new int[2];
            var misplaced = new ArrayList<Integer>();
            var threads = new ArrayList<Thread>();
            for (int t = 0; t < seen.length; t++) {
                int number = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < perThread; i++) {
                        int expected = i;
                        timeline.execute(() -> {
                            if (seen[number]++ != expected) {
                                misplaced.add(expected);
                            }
                        });
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(timeline.call(() -> seen.clone())).containsOnly(perThread);
            assertThat(timeline.call(() -> misplaced.size())).isZero();
        }
    }

    @Test
    void aPostWakesATimelineThatHasNothingToDo() {
        try (var timeline = started()) {
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                assertThat(timeline.call(() -> number)).isEqualTo(number);
            }
        }
    }

    @Test
    void aPostCanArmATimer() throws InterruptedException {
        try (var timeline = started()) {
            var fired = new CountDownLatch(1);
            timeline.execute(() -> timeline.after(1_000_000, fired::countDown));
            assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void timersAreRefusedToOtherThreads() {
        try (var timeline = started()) {
            assertThatThrownBy(() -> timeline.after(1, () -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("use execute");
        }
    }

    @Test
    void anActionThatThrowsIsToldAndFurtherPostsAreRejected() {
        var told = new CompletableFuture<Throwable>();
        var timeline = new LiveTimeline("test-timeline", new RunClock(), told::complete);
        timeline.start();
        var thrown = new IllegalStateException("broken action");
        timeline.execute(() -> {
            throw thrown;
        });
        assertThat(told.join()).isSameAs(thrown);
        assertThat(timeline.failure()).containsSame(thrown);
        assertThatThrownBy(() -> timeline.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCause(thrown);
        timeline.close();
    }

    @Test
    void whatAQuestionThrowsReachesTheCallerOnly() {
        try (var timeline = started()) {
            assertThatThrownBy(() -> timeline.call(() -> {
                        throw new IOException("no answer");
                    }))
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("no answer");
            assertThat(timeline.call(() -> "still there")).isEqualTo("still there");
            assertThat(timeline.failure()).isEmpty();
        }
    }

    @Test
    void closingRunsWhatWasPostedAndDropsTimers() {
        var ran = new ArrayList<String>();
        var timeline = started();
        timeline.execute(() -> timeline.after(3_600_000_000_000L, () -> ran.add("timer")));
        timeline.execute(() -> ran.add("post"));
        timeline.close();
        timeline.close();
        assertThat(ran).containsExactly("post");
        assertThatThrownBy(() -> timeline.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void countsHowLateItsTimersFired() {
        var timeline = new LiveTimeline("test-timeline", new RunClock(), failure -> {});
        var fired = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            timeline.at(i * 100_000L, fired::countDown);
        }
        timeline.start();
        while (timeline.lateness().fired() < 3) {
            Thread.onSpinWait();
        }
        assertThat(timeline.lateness().longestNanos()).isPositive().isGreaterThanOrEqualTo(timeline.lateness().meanNanos());
        timeline.close();
    }

    private static LiveTimeline started() {
        var timeline = new LiveTimeline("test-timeline", new RunClock(), failure -> {});
        timeline.start();
        return timeline;
    }
}
