package io.sagebench.engine.sim.multimodel;

import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;

/// The time at which operations begin: within the end of another one the very time of that end, even if a live timeline noticed it late. So
/// what the machine is late by never adds up to a slower card.
final class OperationClock {
    private final Timeline timeline;
    private long endingAtNanos;
    private boolean ending;

    OperationClock(Timeline timeline) {
        this.timeline = timeline;
    }

    long nowNanos() {
        return ending ? endingAtNanos : timeline.nowNanos();
    }

    /// Something that ends now and then, one at a time.
    final class End {
        private final Runnable action;
        private final Timer timer = timeline.timer(this::end);
        private long atNanos;

        /// @param action what happens at an end
        End(Runnable action) {
            this.action = action;
        }

        /// The next end.
        void at(long whenNanos) {
            atNanos = whenNanos;
            timer.armAt(whenNanos);
        }

        /// When the next end is, or the last one was.
        long atNanos() {
            return atNanos;
        }

        private void end() {
            ending = true;
            endingAtNanos = atNanos;
            action.run();
            ending = false;
        }
    }
}
