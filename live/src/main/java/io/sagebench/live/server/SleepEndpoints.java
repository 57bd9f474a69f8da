package io.sagebench.live.server;

import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.live.server.metrics.SleepState;
import java.util.Map;

/// The endpoints by which vLLM is put to sleep and woken. Called on the timeline, but where it says otherwise.
final class SleepEndpoints {
    private final MonitoredEngine engine;
    private SleepState level = SleepState.WEIGHTS_OFFLOADED;

    SleepEndpoints(MonitoredEngine engine) {
        this.engine = engine;
    }

    /// What `POST /sleep?level=1` asks for. Level 1 is meant when none is given. For any thread.
    ///
    /// @throws BadRequest when it is none of vLLM's levels
    static SleepState levelOf(HttpCall call) throws BadRequest {
        String given = call.queryValue("level").orElse("1");
        return switch (given) {
            case "1" -> SleepState.WEIGHTS_OFFLOADED;
            case "2" -> SleepState.DISCARD_ALL;
            default -> throw new BadRequest(ApiError.about("level", "level must be 1 or 2, but is '" + given + "'"));
        };
    }

    /// `POST /sleep`: requests wait from now on, and the KV cache is lost.
    Reply sleep(SleepState newLevel) {
        level = newLevel;
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
