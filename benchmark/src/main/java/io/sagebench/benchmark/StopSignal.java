package io.sagebench.benchmark;

import java.util.ArrayList;
import java.util.List;

/// Asks a benchmark or a server to stop early. Any thread may ask, any number of times.
public final class StopSignal {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean requested;

    /// Asks. Runs what [#whenRequested] was given, on the calling thread, the first time only.
    public void request() {
        List<Runnable> toRun;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            toRun = List.copyOf(actions);
        }
        toRun.forEach(Runnable::run);
    }

    /// Whether it was asked.
    public synchronized boolean isRequested() {
        return requested;
    }

    /// Runs `action` when it is asked, on the thread that asks; at once when it already was. The action only posts or interrupts.
    public void whenRequested(Runnable action) {
        synchronized (this) {
            if (!requested) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
