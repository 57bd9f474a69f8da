package io.sagebench.engine;

import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;

/// A timeline that notices each timer late, as live ones do.
public record LateTimeline(Timeline punctual, long lateNanos) implements Timeline {

    @Override
    public long nowNanos() {
        return punctual.nowNanos();
    }

    @Override
    public Timer timer(Runnable action) {
        return late(punctual.timer(action));
    }

    @Override
    public Timer earlyTimer(int rank, Runnable action) {
        return late(punctual.earlyTimer(rank, action));
    }

    private Timer late(Timer inner) {
        return new Timer() {
            @Override
            public void armAt(long whenNanos) {
                inner.armAt(whenNanos + lateNanos);
            }

            @Override
            public void cancel() {
                inner.cancel();
            }

            @Override
            public boolean isArmed() {
                return inner.isArmed();
            }
        };
    }
}
