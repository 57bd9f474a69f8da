package io.sagebench.inference;

import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A timeline without timers: one thread that runs what is posted. What an action throws can be asked for.
final class OneThreadTimeline implements Timeline, Executor, AutoCloseable {
    private final long beganNanos = System.nanoTime();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("timeline").daemon().factory());
    final CompletableFuture<Throwable> broken = new CompletableFuture<>();

    @Override
    public long nowNanos() {
        return System.nanoTime() - beganNanos;
    }

    @Override
    public Timer timer(Runnable action) {
        throw new UnsupportedOperationException("no timers");
    }

    @Override
    public Timer earlyTimer(int rank, Runnable action) {
        throw new UnsupportedOperationException("no timers");
    }

    @Override
    public void execute(Runnable action) {
        thread.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException | Error thrown) {
                broken.complete(thrown);
            }
        });
    }

    /// Asks on the timeline.
    <T> T call(Callable<T> question) {
        try {
            return thread.submit(question).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException thrown) {
            throw new CompletionException(thrown.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException noAnswer) {
            throw new IllegalStateException("no answer", noAnswer);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
