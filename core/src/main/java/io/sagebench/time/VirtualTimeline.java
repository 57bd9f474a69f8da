package io.sagebench.time;

import java.util.function.BooleanSupplier;

/// A timeline on which waiting costs nothing: the clock jumps from event to event. Belongs to one thread.
public final class VirtualTimeline implements Timeline {
    private final EventHeap waiting = new EventHeap();
    private long nowNanos;
    private long firedCount;

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public Timer timer(Runnable action) {
        return new VirtualTimer(new EventHeap.Event(action));
    }

    @Override
    public Timer earlyTimer(int rank, Runnable action) {
        return new VirtualTimer(waiting.earlyEvent(rank, action));
    }

    /// Fires events until none is left.
    public void run() {
        runUntil(() -> false);
    }

    /// Fires events until `done` holds or none is left. `done` is asked before each event.
    ///
    /// @return whether `done` held
    public boolean runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            EventHeap.Event next = waiting.poll();
            if (next == null) {
                return false;
            }
            nowNanos = Math.max(nowNanos, next.whenNanos());
            firedCount++;
            next.run();
        }
        return true;
    }

    /// How many events have fired.
    public long firedCount() {
        return firedCount;
    }

    private final class VirtualTimer implements Timer {
        private final EventHeap.Event event;

        VirtualTimer(EventHeap.Event event) {
            this.event = event;
        }

        @Override
        public void armAt(long whenNanos) {
            waiting.put(event, Math.max(whenNanos, nowNanos));
        }

        @Override
        public void cancel() {
            waiting.remove(event);
        }

        @Override
        public boolean isArmed() {
            return event.isWaiting();
        }
    }
}
