package io.sagebench.live.engine;

import io.sagebench.engine.EngineId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for servers that were not there when the control plane started: tries each again and again until it answers. Safe for use by any thread.
public final class EngineArrivals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineArrivals.class);

    private final Executor later;
    private final Consumer<HttpEngine> arrived;
    private volatile boolean closed;

    /// Tries to make an engine of a server. May block.
    @FunctionalInterface
    public interface Attempt {

        /// @throws IOException when the server is still not there
        HttpEngine connect() throws IOException;
    }

    /// @param interval from one attempt to the next
    /// @param arrived  takes each engine over, on any thread
    public EngineArrivals(Duration interval, Consumer<HttpEngine> arrived) {
        this.later = CompletableFuture.delayedExecutor(interval.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread);
        this.arrived = arrived;
    }

    /// Tries it from now on.
    public void await(EngineId id, Attempt attempt) {
        later.execute(() -> tryOnce(id, attempt));
    }

    private void tryOnce(EngineId id, Attempt attempt) {
        if (closed) {
            return;
        }
        HttpEngine engine;
        try {
            engine = attempt.connect();
        } catch (IOException stillAway) {
            LOG.debug("engine {} is not there yet", id, stillAway);
            await(id, attempt);
            return;
        }
        if (closed) {
            engine.close();
            return;
        }
        LOG.info("engine {} at {} has come and joins", id, engine.description().kind());
        arrived.accept(engine);
    }

    /// Tries no more.
    @Override
    public void close() {
        closed = true;
    }
}
