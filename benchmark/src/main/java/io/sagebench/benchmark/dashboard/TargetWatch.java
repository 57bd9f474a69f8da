package io.sagebench.benchmark.dashboard;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkConfig.ApiKey;
import io.sagebench.live.client.ControlPlaneAdmin;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Asks the target how its queue and its engines are, when somebody looks: one small request each time, and none to a server that does not know the
/// question. Safe for use by any thread.
final class TargetWatch implements AutoCloseable {
    private final Optional<BenchmarkConfig> config;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable ControlPlaneAdmin target;
    private volatile ServerView latest = ServerView.NONE;

    /// @param config how to reach it; absent when there is nothing to ask
    TargetWatch(Optional<BenchmarkConfig> config) {
        this.config = config;
    }

    /// It is there.
    void begin(URI url) {
        config.ifPresent(reach -> target = new ControlPlaneAdmin(url, reach.client().apiKey().map(ApiKey::reveal), reach.client().trust()));
    }

    /// What it said when it was asked last; asks anew for the next time.
    ServerView latest() {
        ControlPlaneAdmin asked = target;
        if (asked != null && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("target-watch").start(() -> {
                try {
                    ask(asked);
                } finally {
                    asking.set(false);
                }
            });
        }
        return latest;
    }

    private void ask(ControlPlaneAdmin asked) {
        try {
            Optional<ServerView> view = asked.now().flatMap(ServerView::read);
            latest = view.orElse(ServerView.NONE);
            if (view.isEmpty()) {
                forget(asked); // it does not know the question
            }
        } catch (IOException _) {
            latest = ServerView.NONE; // asked again with the next look
        }
    }

    private void forget(ControlPlaneAdmin asked) {
        if (target == asked) {
            target = null;
        }
        asked.close();
    }

    @Override
    public void close() {
        ControlPlaneAdmin asked = target;
        if (asked != null) {
            forget(asked);
        }
    }
}
