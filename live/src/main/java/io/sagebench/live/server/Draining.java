package io.sagebench.live.server;

import io.sagebench.controlplane.ControlPlane;
import io.sagebench.live.clock.LiveTimeline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Lets a control plane come to rest before its ports close.
final class Draining {
    private static final Duration SLACK = Duration.ofSeconds(1);

    private Draining() {}

    /// Has it refuse new requests and waits until none is left, at most a little longer than the limit, at which it ends those that are left. Blocks;
    /// not for the timeline.
    static void await(LiveTimeline timeline, ControlPlane controlPlane, Duration limit) {
        var done = new CountDownLatch(1);
        try {
            timeline.execute(() -> controlPlane.drain(limit, done::countDown));
            awaitAtMost(timeline, done, limit.plus(SLACK));
        } catch (RejectedExecutionException _) {
            // the timeline has ended, and all work with it
        }
    }

    private static void awaitAtMost(LiveTimeline timeline, CountDownLatch done, Duration most) {
        long untilNanoTime = System.nanoTime() + most.toNanos();
        try {
            // a timeline that fails meanwhile never says that it is done
            while (timeline.failure().isEmpty() && System.nanoTime() < untilNanoTime && !done.await(50, TimeUnit.MILLISECONDS)) {
                // look again
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // asked to hurry: close without draining
        }
    }
}
