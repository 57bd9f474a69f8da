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
    private final Map<EventLoop, Batch> waiting = new HashMap<>();
    // Made at first use, since a live timeline's timers are made only on its own thread once it runs.
    private @Nullable Timer delivery;

    Outbox(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Has `write` write to that response soon, on its event loop, after what was posted to it before; not at all when the response is over by
    /// then. One that throws breaks that response and no other.
    void post(Response to, Runnable write) {
        waiting.computeIfAbsent(to.loop(), _ -> new Batch(10)).add(to, write);
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
        for (Map.Entry<EventLoop, Batch> each : waiting.entrySet()) {
            Batch batch = each.getValue();
            if (!batch.writes.isEmpty()) {
                each.setValue(new Batch(batch.writes.size()));
                deliver(each.getKey(), batch);
            }
        }
    }

    private static void deliver(EventLoop loop, Batch batch) {
        try {
            loop.execute(batch);
        } catch (RejectedExecutionException _) {
            // the server has closed, and its clients' connections with it: there is nobody left to write to
        }
    }

    /// Writes for one event loop, in two lists side by side so that a token needs no pair of its own.
    private static final class Batch implements Runnable {
        private final List<Response> responses;
        private final List<Runnable> writes;

        Batch(int expected) {
            responses = new ArrayList<>(expected);
            writes = new ArrayList<>(expected);
        }

        void add(Response to, Runnable write) {
            responses.add(to);
            writes.add(write);
        }

        @Override
        public void run() {
            for (int i = 0; i < writes.size(); i++) {
                Response response = responses.get(i);
                if (!response.isOver()) {
                    write(response, writes.get(i));
                }
            }
        }

        private static void write(Response response, Runnable write) {
            try {
                write.run();
            } catch (Throwable fault) { // of whatever kind: the other clients' answers are in the same batch
                response.fault(fault);
            }
        }
    }
}
