package io.sagebench.live.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A timeline whose posts event loops run themselves while its thread is parked.
@Timeout(60)
class HelpedTimelineTest {
    private final List<ExecutorService> loops = new ArrayList<>();
    private final CompletableFuture<Throwable> told = new CompletableFuture<>();

    @AfterEach
    void closeLoops() {
        loops.forEach(ExecutorService::shutdownNow);
    }

    @Test
    void theLoopRunsWhatItPostsWhileTheThreadIsParked() {
        ExecutorService loop = loop();
        try (var timeline = started()) {
            Thread ranOn;
            do { // the thread parks soon after it has started
                ranOn = onLoop(timeline, loop, Thread::currentThread);
            } while (!ranOn.getName().equals("loop"));
        }
    }

    @Test
    void actionsOfSeveralLoopsAndTimersRunOneAtATimeAndInOrder() throws InterruptedException {
        int each = 5_000;
        int posters = 3;
        var running = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var misplaced = new AtomicInteger();
        int[] seen = new int[posters]; // plain: what one action writes the next one sees, whichever thread runs it
        int[] ticks = new int[1];
        var done = new CountDownLatch(posters * each);
        try (var timeline = started()) {
            timeline.execute(() -> tick(timeline, ticks));
            for (int i = 0; i < posters; i++) {
                int poster = i;
                ExecutorService loop = loop();
                var from = timeline.from(loop);
                for (int k = 0; k < each; k++) {
                    int expected = k;
                    loop.execute(() -> from.execute(() -> {
                        if (running.getAndIncrement() != 0) {
                            overlaps.incrementAndGet();
                        }
                        if (seen[poster]++ != expected) {
                            misplaced.incrementAndGet();
                        }
                        running.decrementAndGet();
                        done.countDown();
                    }));
                }
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(timeline.call(() -> seen.clone())).containsOnly(each);
            assertThat(timeline.call(() -> ticks[0])).isPositive();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(misplaced).hasValue(0);
    }

    @Test
    void aTimerThatTheLoopArmsFiresThoughTheThreadWasParkedForLonger() throws InterruptedException {
        ExecutorService loop = loop();
        try (var timeline = started()) {
            timeline.execute(() -> timeline.after(3_600_000_000_000L, () -> {}));
            for (int i = 0; i < 200; i++) {
                var fired = new CountDownLatch(1);
                onLoop(timeline, loop, () -> timeline.after(100_000, fired::countDown));
                assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void anActionThatThrowsOnTheLoopEndsTheTimelineLoudly() {
        ExecutorService loop = loop();
        var timeline = started();
        while (!onLoop(timeline, loop, Thread::currentThread).getName().equals("loop")) {
            Thread.onSpinWait();
        }
        var thrown = new IllegalStateException("broken action");
        loop.execute(() -> timeline.from(loop).execute(() -> {
            throw thrown;
        }));
        assertThat(told.join()).isSameAs(thrown);
        assertThat(timeline.failure()).containsSame(thrown);
        assertThatThrownBy(() -> timeline.from(loop).execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCause(thrown);
        timeline.close();
    }

    @Test
    void theThreadRunsWhatALoopPostsThatShutsDownMeanwhile() {
        try (var timeline = started()) {
            for (int i = 0; i < 50; i++) { // parked in most rounds
                var ran = new CompletableFuture<Thread>();
                timeline.from(_ -> {
                            throw new RejectedExecutionException("the loop shuts down");
                        })
                        .execute(() -> ran.complete(Thread.currentThread()));
                assertThat(ran.orTimeout(30, TimeUnit.SECONDS).join()).isNotSameAs(Thread.currentThread());
            }
        }
    }

    @Test
    void anActionOnTheLoopMayAskAndClose() {
        ExecutorService loop = loop();
        var timeline = started();
        assertThat(onLoop(timeline, loop, () -> timeline.call(() -> "asked within an action"))).isEqualTo("asked within an action");
        onLoop(timeline, loop, () -> {
            timeline.close();
            return true;
        });
        timeline.close();
        assertThatThrownBy(() -> timeline.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static void tick(LiveTimeline timeline, int[] ticks) {
        ticks[0]++;
        timeline.after(20_000, () -> tick(timeline, ticks));
    }

    private static <T> T onLoop(LiveTimeline timeline, ExecutorService loop, Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> timeline.from(loop).execute(() -> answer.complete(question.get())));
        return answer.join();
    }

    private ExecutorService loop() {
        ExecutorService loop = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("loop").daemon().factory());
        loops.add(loop);
        return loop;
    }

    private LiveTimeline started() {
        var timeline = new LiveTimeline("test-timeline", new RunClock(), told::complete);
        timeline.start();
        return timeline;
    }
}
