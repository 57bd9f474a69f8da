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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The timeline of a live run, by the machine's clock: all decisions are made on it, one action at a time.
///
/// It has a thread of its own. Timers are precise rather than cheap: the thread parks until shortly before the next one is due and spins the rest.
/// Other threads reach the timeline by [#execute] and [#call]; timers are made and armed only by its actions, or before [#start].
///
/// While the thread is parked, an event loop may run what it has posted itself (see [#from]): waking another thread, and being woken by it, takes
/// longer than most decisions, and on a busy machine a thousand times as long. Who runs actions holds the timeline meanwhile, so they still run one at a
/// time, in their order, and each sees what those before it did.
///
/// An action that throws ends the timeline, loudly: its thread stops, [#failure] tells why, `onFailure` is told, and further posts are
/// rejected.
public final class LiveTimeline implements Timeline, Executor, AutoCloseable {
    // Linux wakes a parked thread about 60 µs late (50 µs timer slack and the switch); the rest of this is spun.
    private static final long SPIN_NANOS = 90_000;
    // Bounds how long timers and posts can keep each other waiting.
    private static final int BATCH = 64;
    private static final int MOST_SPINS = 100;

    private final EventHeap waiting = new EventHeap();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean parked = new AtomicBoolean();
    /// The thread that runs actions now; null while nobody does.
    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    private final RunClock clock;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean started;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile TimerLateness lateness = new TimerLateness(0, 0, 0);
    /// When the thread wakes by itself.
    private volatile long parkedUntilNanos;
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

    /// Only by an action of the timeline, or before [#start]; the same holds for all methods of the timer.
    @Override
    public Timer timer(Runnable action) {
        requireHeld();
        return new LiveTimer(action, EventHeap.Event::new);
    }

    /// Only by an action of the timeline, or before [#start].
    @Override
    public Timer earlyTimer(int rank, Runnable action) {
        requireHeld();
        return new LiveTimer(action, fire -> waiting.earlyEvent(rank, fire));
    }

    /// Runs `action` on the timeline as soon as possible, after what was posted before. Safe from any thread.
    ///
    /// @throws RejectedExecutionException when the timeline has ended
    @Override
    public void execute(Runnable action) {
        post(action);
        wake();
    }

    /// Posts as [#execute] does, for an event loop, which then runs what was posted itself if the timeline's thread is parked: soon, as a task of its own,
    /// never inside the call.
    ///
    /// @param loop runs tasks one after another on the thread that posts, soon
    /// @return to be used on that thread only
    public Executor from(Executor loop) {
        return action -> {
            post(action);
            if (parked.get()) {
                try {
                    loop.execute(this::help);
                } catch (RejectedExecutionException over) { // the loop shuts down; the timeline's thread runs it
                    wake();
                }
            }
        };
    }

    private void post(Runnable action) {
        if (ended) {
            throw rejected();
        }
        posted.add(action);
        if (ended && posted.remove(action)) {
            throw rejected();
        }
    }

    private void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /// Runs what was posted, on the thread of an event loop. Whoever holds the timeline instead looks for posts once more after giving it up.
    private void help() {
        if (failure != null || !holder.compareAndSet(null, Thread.currentThread())) {
            return;
        }
        boolean thrown = false;
        boolean earlier;
        try {
            runPosted();
        } catch (Throwable bug) { // the timeline's thread ends the run and says so
            failure = bug;
            thrown = true;
        } finally {
            EventHeap.Event next = waiting.peek();
            earlier = next != null && next.whenNanos() < parkedUntilNanos;
            holder.set(null);
        }
        if (thrown || earlier || !posted.isEmpty()) {
            wake();
        }
    }

    /// Runs `question` on the timeline and waits for its answer; within an action of the timeline runs it at once. What it throws reaches the
    /// caller and does not end the timeline: checked exceptions inside a [CompletionException].
    ///
    /// @throws RejectedExecutionException when the timeline has ended
    /// @throws CancellationException      when the timeline ended, or the waiting thread was interrupted, before there was an answer
    public <T extends @Nullable Object> T call(Callable<T> question) {
        var answer = new FutureTask<T>(question);
        if (holder.get() == Thread.currentThread()) {
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

    /// Runs what was posted already, drops the timers, ends the thread and waits for it. Harmless when called again; within an action
    /// of the timeline it does not wait.
    @Override
    public void close() {
        closing = true;
        if (!started) {
            endPosts();
            return;
        }
        LockSupport.unpark(thread);
        if (holder.get() == Thread.currentThread()) {
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
        hold();
        try {
            while (!closing) {
                Throwable elsewhere = failure;
                if (elsewhere != null) {
                    throw elsewhere;
                }
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

    /// Waits until nobody else runs actions; an event loop that does is done soon.
    private void hold() {
        for (int spins = 0; !holder.compareAndSet(null, thread); spins++) {
            if (spins < MOST_SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, 1_000); // the event loop may be waiting for this core
            }
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
            parkedUntilNanos = next == null ? Long.MAX_VALUE : next.whenNanos();
            parked.set(true);
            holder.set(null);
            if (posted.isEmpty() && !closing && failure == null) {
                if (next == null) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, remainingNanos - SPIN_NANOS);
                }
            }
            parked.set(false);
            hold();
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

    private void requireHeld() {
        if (started && holder.get() != Thread.currentThread()) {
            throw new IllegalStateException("timers of " + thread.getName() + " belong to its own actions, not to "
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
            requireHeld();
            armedAtNanos = clock.nowNanos();
            waiting.put(event, Math.max(whenNanos, reachedNanos));
        }

        @Override
        public void cancel() {
            requireHeld();
            waiting.remove(event);
        }

        @Override
        public boolean isArmed() {
            requireHeld();
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
