package io.sagebench.live.server;

import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.time.Timeline;
import java.time.Duration;
import java.util.Map;

/// Whether an engine lives, and whether it can take work. Called on the timeline.
final class Readiness {
    private final Timeline timeline;
    private final MonitoredEngine engine;
    private final long readyAtNanos;

    /// @param startup for how long from now on it says that it is not ready
    Readiness(Timeline timeline, MonitoredEngine engine, Duration startup) {
        this.timeline = timeline;
        this.engine = engine;
        this.readyAtNanos = timeline.nowNanos() + startup.toNanos();
    }

    /// `GET /health`: 200, or 503 while the engine has crashed, as vLLM answers when its engine is dead.
    Reply live() {
        return engine.isUp() ? Reply.ok(Map.of("status", "ok")) : Reply.json(503, Json.bytes(Map.of("status", "crashed")));
    }

    /// `GET /health/ready`: 200 when it is, else 503 with the reason.
    Reply tell() {
        if (timeline.nowNanos() < readyAtNanos) {
            return Reply.json(503, Json.bytes(Map.of("status", "starting")));
        }
        if (!engine.isUp()) {
            return live();
        }
        return engine.stats().asleep()
                ? Reply.json(503, Json.bytes(Map.of("status", "sleeping")))
                : Reply.ok(Map.of("status", "ready"));
    }
}
