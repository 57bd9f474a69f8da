package io.sagebench.live.server;

import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.server.metrics.SleepState;
import java.util.Map;

/// The endpoints by which vLLM is put to sleep and woken. Called on the timeline.
final class SleepEndpoints {
    private final MonitoredEngine engine;
    private SleepState level = SleepState.WEIGHTS_OFFLOADED;

    SleepEndpoints(MonitoredEngine engine) {
        this.engine = engine;
    }

    /// `POST /sleep?level=1`: requests wait from now on, and the KV cache is lost. Level 1 is meant when none is given.
    Reply sleep(HttpCall call) {
        String given = call.queryValue("level").orElse("1");
        switch (given) {
            case "1" -> level = SleepState.WEIGHTS_OFFLOADED;
            case "2" -> level = SleepState.DISCARD_ALL;
            default -> {
                return ApiError.about("level", "level must be 1 or 2, but is '" + given + "'").toReply();
            }
        }
        engine.sleep();
        return isSleeping();
    }

    /// `POST /wake_up`: what waits goes on.
    Reply wakeUp() {
        engine.wake();
        return isSleeping();
    }

    /// `GET /is_sleeping`.
    Reply isSleeping() {
        return Reply.ok(Map.of("is_sleeping", engine.stats().asleep()));
    }

    /// For the metrics.
    SleepState state() {
        return engine.stats().asleep() ? level : SleepState.AWAKE;
    }
}
