package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The thread that computes: takes jobs in, and does rounds while there is anything to do.
final class ComputeThread implements AutoCloseable {
    private final Queue<CpuSequence> arrived = new ConcurrentLinkedQueue<>();
    private final ModelWork work;
    private final Consumer<Throwable> onBug;
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closing;

    /// @param onBug told when a round has thrown what it must not; the thread has ended then
    ComputeThread(String name, ModelWork work, Consumer<Throwable> onBug) {
        this.work = work;
        this.onBug = onBug;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// Safe from any thread.
    void add(CpuSequence sequence) {
        arrived.add(sequence);
        LockSupport.unpark(thread);
    }

    /// Stops computing and drops all caches, or goes on. Safe from any thread.
    void setAsleep(boolean nowAsleep) {
        asleep = nowAsleep;
        LockSupport.unpark(thread);
    }

    private void run() {
        try {
            while (!closing) {
                takeIn();
                if (asleep) {
                    work.drop();
                }
                if ((asleep || !work.step()) && arrived.isEmpty() && !closing) {
                    LockSupport.park(this);
                }
            }
        } catch (RejectedExecutionException over) { // the timeline has ended before the engine was closed
            closing = true;
        } catch (OrtException | RuntimeException | Error bug) { // the timeline ends the run and says so
            closing = true;
            onBug.accept(bug);
        } finally {
            work.close();
        }
    }

    private void takeIn() {
        for (CpuSequence next = arrived.poll(); next != null; next = arrived.poll()) {
            work.add(next);
        }
    }

    /// Waits until the round under way has ended and all is freed. Harmless when called again.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
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
}
