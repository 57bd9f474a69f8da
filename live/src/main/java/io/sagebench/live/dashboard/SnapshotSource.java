package io.sagebench.live.dashboard;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Has the figures of a dashboard. Asked about once a second while somebody looks, and never otherwise.
@FunctionalInterface
public interface SnapshotSource {

    /// Tells how things are now. Safe from any thread; returns at once.
    ///
    /// @param where  where the figures are computed and told, which may take milliseconds
    /// @param answer gets them, now or soon; or never, when there is nobody left to tell
    void ask(Executor where, Consumer<Snapshot> answer);
}
