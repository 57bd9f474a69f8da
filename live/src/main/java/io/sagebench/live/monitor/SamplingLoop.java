package io.sagebench.live.monitor;

import io.sagebench.monitor.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at one source again and again, on a thread of its own: every interval, at fixed times, so that a slow look delays none but the next; and
/// between these when it is asked to.
final class SamplingLoop implements AutoCloseable {
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(6);

    private final Supplier<? extends List<? extends Sample>> source;
    private final Consumer<List<? extends Sample>> into;
    private final long intervalNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private @Nullable Long extraAtNanos;
    private long lookedAtNanos = Long.MIN_VALUE;
    private boolean closed;

    /// @param source looked at by the loop's thread only; may block
    /// @param into   takes what was seen, on the same thread
    SamplingLoop(String name, Supplier<? extends List<? extends Sample>> source, Duration interval, Consumer<List<? extends Sample>> into) {
        this.source = source;
        this.into = into;
        this.intervalNanos = interval.toNanos();
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        thread.start();
    }

    private void run() {
        long nextNanos = System.nanoTime();
        try {
            while (awaitNext(nextNanos)) {
                long nowNanos = System.nanoTime();
                into.accept(look());
                looked(nowNanos);
                while (nextNanos - nowNanos <= 0) {
                    nextNanos += intervalNanos;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it is being closed
        }
    }

    /// A source that breaks ends neither the run nor the loop, and is told of.
    private List<? extends Sample> look() {
        try {
            return source.get();
        } catch (RuntimeException broken) {
            return List.of(new Sample.Missed(System.nanoTime(), thread.getName(), "it failed: " + broken));
        }
    }

    /// Waits for the next time, or for that which was asked for; false when it is closed.
    private boolean awaitNext(long nextNanos) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long nowNanos = System.nanoTime();
                long leftNanos = nextNanos - nowNanos;
                if (extraAtNanos != null) {
                    leftNanos = Math.min(leftNanos, extraAtNanos - nowNanos);
                }
                if (leftNanos <= 0) {
                    if (extraAtNanos != null && extraAtNanos - nowNanos <= 0) {
                        extraAtNanos = null;
                    }
                    return true;
                }
                changed.awaitNanos(leftNanos);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void looked(long beganAtNanos) {
        lock.lock();
        try {
            lookedAtNanos = beganAtNanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Asks for a look at a moment that may lie between two others. One at a time: a later request replaces one that has not been met.
    ///
    /// @param momentNanos by [System#nanoTime]
    void lookAt(long momentNanos) {
        lock.lock();
        try {
            extraAtNanos = momentNanos;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a look has ended that began no earlier than that, or so long as any may take.
    void awaitLook(long momentNanos) {
        lock.lock();
        try {
            long leftNanos = PATIENCE_AT_END.toNanos();
            while (leftNanos > 0 && !closed && (lookedAtNanos == Long.MIN_VALUE || lookedAtNanos - momentNanos < 0)) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // whoever waits ends without it
        } finally {
            lock.unlock();
        }
    }

    /// Ends it. Returns when it looks no more.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
