package io.sagebench.live.server;

import io.netty.channel.EventLoop;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What the timeline wants written, collected for each event loop: all that one engine step emits reaches a loop as one task, and wakes it once.
/// Belongs to the timeline.
final class Outbox {
    private final Timeline timeline;
    private final Map<EventLoop, List<Runnable>> waiting = new HashMap<>();
    // Made at first use, since a live timeline's timers are made only on its own thread once it runs.
    private @Nullable Timer delivery;

    Outbox(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Has `write` run on `loop` soon, after what was posted to it before.
    void post(EventLoop loop, Runnable write) {
        waiting.computeIfAbsent(loop, _ -> new ArrayList<>()).add(write);
        Timer timer = delivery;
        if (timer == null) {
            timer = timeline.timer(this::deliver);
            delivery = timer;
        }
        if (!timer.isArmed()) {
            timer.armAt(timeline.nowNanos()); // right after the action that runs now
        }
    }

    private void deliver() {
        for (Map.Entry<EventLoop, List<Runnable>> each : waiting.entrySet()) {
            List<Runnable> writes = each.getValue();
            if (!writes.isEmpty()) {
                each.setValue(new ArrayList<>(writes.size()));
                deliver(each.getKey(), writes);
            }
        }
    }

    private static void deliver(EventLoop loop, List<Runnable> writes) {
        try {
            loop.execute(() -> writes.forEach(Runnable::run));
        } catch (RejectedExecutionException _) {
            // the server has closed, and its clients' connections with it: there is nobody left to write to
        }
    }
}
