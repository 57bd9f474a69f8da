package io.sagebench.live.server;

import static java.util.Objects.requireNonNull;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineWork;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.clock.LiveTimeline;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An engine that does what the test says, when it says so.
public final class FakeEngine implements MonitoredEngine {
    private final LiveTimeline timeline;
    private final BlockingQueue<Started> started = new LinkedBlockingQueue<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile boolean asleep;
    private volatile boolean broken;
    private volatile boolean down;
    private volatile int waiting;
    private volatile @Nullable EngineObserver observer;
    private final int maxConcurrent;

    /// @param maxConcurrent what it says of itself
    public FakeEngine(LiveTimeline timeline, int maxConcurrent) {
        this.timeline = timeline;
        this.maxConcurrent = maxConcurrent;
    }

    /// A job that has begun. Its methods may be called from the test's thread.
    public record Started(LiveTimeline timeline, EngineJob job, EngineEvents events) {
        /// Reports something, on the timeline.
        public void tell(Consumer<EngineEvents> event) {
            timeline.execute(() -> event.accept(events));
        }

        /// Gives `count` tokens one by one, and ends.
        public void answer(int count) {
            tell(to -> {
                for (int i = 0; i < count; i++) {
                    to.tokens(1);
                }
                to.finished(new EngineResult(job.promptTokens(), 0, count));
            });
        }
    }

    /// The next job that has not been asked for; waits for it.
    public Started next() {
        try {
            Started next = started.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no job came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /// How many jobs were cancelled.
    public int cancelled() {
        return cancelled.get();
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                new EngineId("fake-1"),
                "fake",
                ServedModels.of("m"),
                maxConcurrent,
                OptionalInt.of(1_000),
                OptionalLong.empty(),
                EngineSpeed.UNKNOWN_SERVER);
    }

    @Override
    public EngineWork start(EngineJob job, EngineEvents events) {
        if (broken) {
            throw new IllegalStateException("broken, as the test says");
        }
        started.add(new Started(timeline, job, events));
        return cancelled::incrementAndGet;
    }

    /// Has it throw at each job, or no more.
    public void nowBroken(boolean isBroken) {
        broken = isBroken;
    }

    /// Has it say that so many requests wait.
    public void nowWaiting(int count) {
        waiting = count;
    }

    /// Says from now on that it has crashed, or that it is up again.
    public void isDown(boolean crashed) {
        down = crashed;
    }

    @Override
    public boolean isUp() {
        return !down;
    }

    @Override
    public EngineStats stats() {
        return new EngineStats(0, waiting, 0.25, 5, 1, 64, 16, 40, 16, 7, 3, 9, List.of(3L, 2L, 1L), asleep);
    }

    @Override
    public void observe(EngineObserver newObserver) {
        observer = newObserver;
    }

    /// Tells its observer something, on the timeline.
    public void observed(Consumer<EngineObserver> what) {
        timeline.execute(() -> what.accept(requireNonNull(observer)));
    }

    @Override
    public void sleep() {
        asleep = true;
    }

    @Override
    public void wake() {
        asleep = false;
    }
}
