package io.sagebench.live.clock;

import io.sagebench.time.EventHeap;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The timeline of a live run: one thread on which all decisions are made, by the machine's clock.
///
/// Timers are precise rather than cheap: the thread parks until shortly before the next one is due and spins the rest. Other threads reach
/// it by [#execute] and [#call]; timers are made and armed only on its own thread, or before [#start].
///
/// An action that throws ends the timeline, loudly: its thread stops, [#failure] tells why, `onFailure` is told, and further posts are
/// rejected.
public final class LiveTimeline implements Timeline, Executor, AutoCloseable {
    // Linux wakes a parked thread about 60 µs late (50 µs timer slack and the switch); the rest of this is spun.
    private static final long SPIN_NANOS = 90_000;
    // Bounds how long timers and posts can keep each other waiting.
    private static final int BATCH = 64;

    private final EventHeap waiting = new EventHeap();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean parked = new AtomicBoolean();
    private final RunClock clock;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean started;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile TimerLateness lateness = new TimerLateness(0, 0, 0);
    /// The time of the timer fired last. Nothing is armed before it, so that what is overdue still fires in the order of its times.
    private long reachedNanos;

    private long firedTimers;
    private long lateSumNanos;
    private long latestNanos;

    /// @param name      of the thread
    /// @param clock     of the run
    /// @param onFailure told, on the timeline's thread, when an action has thrown; the timeline has stopped then
    public LiveTimeline(String name, RunClock clock, Consumer<Throwable> onFailure) {
        this.clock = clock;
        this.onFailure = onFailure;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::runUntilClosed);
    }

    /// Starts firing. To be called once.
    public void start() {
        started = true;
        thread.start();
    }

    /// Safe from any thread.
    @Override
    public long nowNanos() {
        return clock.nowNanos();
    }

    /// Only on the timeline's own thread, or before [#start]; the same holds for all methods of the timer.
    @Override
    public Timer timer(Runnable action) {
        requireOwnThread();
        return new LiveTimer(action, EventHeap.Event::new);
    }

    /// Only on the timeline's own thread, or before [#start].
    @Override
    public Timer earlyTimer(int rank, Runnable action) {
        requireOwnThread();
        return new LiveTimer(action, fire -> waiting.earlyEvent(rank, fire));
    }

    /// Runs `action` on the timeline as soon as possible, after what was posted before. Safe from any thread.
    ///
    /// @throws RejectedExecutionException when the timeline has ended
    @Override
    public void execute(Runnable action) {
        if (ended) {
            throw rejected();
        }
        posted.add(action);
        if (ended && posted.remove(action)) {
            throw rejected();
        }
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /// Runs `question` on the timeline and waits for its answer; on the timeline's own thread runs it at once. What it throws reaches the
    /// caller and does not end the timeline: checked exceptions inside a [CompletionException].
    ///
    /// @throws RejectedExecutionException when the timeline has ended
    /// @throws CancellationException      when the timeline ended, or the waiting thread was interrupted, before there was an answer
    public <T extends @Nullable Object> T call(Callable<T> question) {
        var answer = new FutureTask<T>(question);
        if (Thread.currentThread() == thread) {
            answer.run();
        } else {
            execute(answer);
        }
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            var cancelled = new CancellationException("interrupted while waiting for " + thread.getName());
            cancelled.initCause(interrupted);
            throw cancelled;
        } catch (ExecutionException thrown) {
            switch (thrown.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new CompletionException(thrown.getCause());
            }
        }
    }

    /// What an action has thrown, if one has. Safe from any thread.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /// How late timers fired so far; may lag by some firings. Safe from any thread.
    public TimerLateness lateness() {
        return lateness;
    }

    /// Runs what was posted already, drops the timers, ends the thread and waits for it. Harmless when called again; on the timeline's own
    /// thread it does not wait.
    @Override
    public void close() {
        closing = true;
        if (!started) {
            endPosts();
            return;
        }
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runUntilClosed() {
        try {
            while (!closing) {
                boolean firedAll = fireDue();
                boolean ranAll = runPosted();
                if (firedAll && ranAll) {
                    waitForWork();
                }
            }
            while (!runPosted()) {
                // what was posted before close still runs
            }
            endPosts();
        } catch (Throwable thrown) { // the one place that may catch all: it ends the run and says so
            failure = thrown;
            endPosts();
            onFailure.accept(thrown);
        }
    }

    /// Fires timers that are due, a bounded number. Returns whether none is left that is due.
    private boolean fireDue() {
        if (waiting.size() == 0) {
            return true;
        }
        for (int fired = 0; fired < BATCH; fired++) {
            EventHeap.Event next = waiting.peek();
            if (next == null) {
                return true;
            }
            if (clock.nowNanos() < next.whenNanos()) {
                return true;
            }
            waiting.remove(next);
            reachedNanos = next.whenNanos();
            next.run();
        }
        return false;
    }

    private boolean runPosted() {
        for (int ran = 0; ran < BATCH; ran++) {
            Runnable action = posted.poll();
            if (action == null) {
                return true;
            }
            action.run();
        }
        return posted.isEmpty();
    }

    private void waitForWork() {
        EventHeap.Event next = waiting.peek();
        long remainingNanos = next == null ? Long.MAX_VALUE : next.whenNanos() - clock.nowNanos();
        if (remainingNanos > SPIN_NANOS) {
            if (firedTimers != lateness.fired()) {
                lateness = new TimerLateness(firedTimers, lateSumNanos / firedTimers, latestNanos);
            }
            parked.set(true);
            if (posted.isEmpty() && !closing) {
                if (next == null) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, remainingNanos - SPIN_NANOS);
                }
            }
            parked.set(false);
            return;
        }
        while (posted.isEmpty() && !closing && next != null && clock.nowNanos() < next.whenNanos()) {
            Thread.onSpinWait();
        }
    }

    /// Rejects posts from now on. Those that slipped in are dropped; who waits for the answer to one is told.
    private void endPosts() {
        ended = true;
        for (Runnable action = posted.poll(); action != null; action = posted.poll()) {
            if (action instanceof FutureTask<?> unanswered) {
                unanswered.cancel(false);
            }
        }
    }

    private RejectedExecutionException rejected() {
        Throwable cause = failure;
        return cause == null
                ? new RejectedExecutionException(thread.getName() + " is closed")
                : new RejectedExecutionException(thread.getName() + " has failed", cause);
    }

    private void requireOwnThread() {
        if (started && Thread.currentThread() != thread) {
            throw new IllegalStateException("timers of " + thread.getName() + " belong to its own thread, not to "
                    + Thread.currentThread().getName() + "; use execute");
        }
    }

    private final class LiveTimer implements Timer {
        private final Runnable action;
        private final EventHeap.Event event;
        private long armedAtNanos;

        LiveTimer(Runnable action, Function<Runnable, EventHeap.Event> events) {
            this.action = action;
            this.event = events.apply(this::fire);
        }

        @Override
        public void armAt(long whenNanos) {
            requireOwnThread();
            armedAtNanos = clock.nowNanos();
            waiting.put(event, Math.max(whenNanos, reachedNanos));
        }

        @Override
        public void cancel() {
            requireOwnThread();
            waiting.remove(event);
        }

        @Override
        public boolean isArmed() {
            requireOwnThread();
            return event.isWaiting();
        }

        private void fire() {
            // what was armed for the past is not late by that
            long lateNanos = clock.nowNanos() - Math.max(event.whenNanos(), armedAtNanos);
            firedTimers++;
            lateSumNanos += lateNanos;
            latestNanos = Math.max(latestNanos, lateNanos);
            action.run();
        }
    }
}
