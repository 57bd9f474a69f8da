package io.sagebench.live.server;

import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.clock.LiveTimeline;
import io.sagebench.live.server.metrics.EngineMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The engine behind a port, with what all its endpoints share. Belongs to the timeline, except where it says otherwise.
final class ServedEngine {
    private static final int CONTEXT_TOKENS = 1 << 20; // for the buckets of an engine whose context is not known

    private final LiveTimeline timeline;
    private final MonitoredEngine engine;
    private final EngineDescription description;
    private final EngineMetrics metrics;
    private final Outbox outbox;
    private final OptionalInt maxWaiting;
    private int jobs;

    ServedEngine(LiveTimeline timeline, MonitoredEngine engine, OptionalInt maxWaiting) {
        this.timeline = timeline;
        this.engine = engine;
        this.description = engine.description();
        this.metrics = new EngineMetrics(description.contextTokens().orElse(CONTEXT_TOKENS));
        this.outbox = new Outbox(timeline);
        this.maxWaiting = maxWaiting;
        timeline.execute(() -> engine.observe(metrics));
    }

    /// Where the engine lives. Safe for use by any thread.
    LiveTimeline timeline() {
        return timeline;
    }

    /// Does the work.
    MonitoredEngine engine() {
        return engine;
    }

    /// What the engine is. Safe for use by any thread.
    EngineDescription description() {
        return description;
    }

    /// What is measured of it.
    EngineMetrics metrics() {
        return metrics;
    }

    /// Takes what is to be written to the event loops.
    Outbox outbox() {
        return outbox;
    }

    /// Why it takes no further jobs, if it does not: too many requests wait. Jobs that have not reached the engine's queue yet count too, or a
    /// burst would all get in.
    Optional<ApiError> overflow() {
        if (maxWaiting.isEmpty()) {
            return Optional.empty();
        }
        int most = maxWaiting.getAsInt();
        boolean isFull = jobs >= description.maxConcurrent() + most
                || engine.stats().waiting() >= Math.max(1, most);
        return isFull
                ? Optional.of(ApiError.of(
                                429,
                                "queue_full",
                                "too many requests wait for this engine: at most " + most + " may")
                        .retryAfter(Duration.ofSeconds(1)))
                : Optional.empty();
    }

    /// A job begins.
    void jobBegan() {
        jobs++;
    }

    /// A job has ended in whatever way.
    void jobEnded() {
        jobs--;
    }
}
