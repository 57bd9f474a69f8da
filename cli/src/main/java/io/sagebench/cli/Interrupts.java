package io.sagebench.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells of Ctrl-C and of a polite request to end the process.
interface Interrupts {

    /// How long a measurement that was interrupted may take to write what it has.
    Duration USUAL_PATIENCE = Duration.ofSeconds(60);

    /// Runs `action` when the process is asked to end, and then holds the end back until the guard is closed, though no longer than `patience`. Asked a
    /// second time, the process ends at once.
    Guard during(Runnable action, Duration patience);

    /// The same with the usual patience.
    default Guard during(Runnable action) {
        return during(action, USUAL_PATIENCE);
    }

    /// The time in which an end is held back.
    interface Guard extends AutoCloseable {
        /// Blocks until the process is asked to end.
        void await();

        @Override
        void close();
    }

    /// Of this process. The JVM then ends with 128 plus the signal's number: 130 on Ctrl-C.
    static Interrupts ofProcess() {
        return ShutdownGuard::new;
    }

    /// Holds back the end of the JVM by a shutdown hook.
    final class ShutdownGuard implements Guard {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final Thread hook;

        ShutdownGuard(Runnable action, Duration patience) {
            hook = Thread.ofPlatform().unstarted(() -> {
                SecondSignal.endsAtOnce();
                action.run();
                asked.countDown();
                waitFor(patience);
            });
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private void waitFor(Duration patience) {
            try {
                boolean inTime = closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!inTime) {
                    System.err.println("gave up waiting after " + patience.toSeconds() + " s");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void await() {
            try {
                asked.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                return; // the process is ending already: the hook waits for this very close
            }
        }
    }
}
