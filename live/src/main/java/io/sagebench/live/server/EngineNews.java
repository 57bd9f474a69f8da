package io.sagebench.live.server;

import io.sagebench.controlplane.BreakerState;
import io.sagebench.controlplane.EngineState;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.engine.EngineId;
import io.sagebench.time.Timeline;
import io.sagebench.time.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Tells the person at the terminal which engines get no requests any more, and which get them again: one line for each change that lasts until the
/// next look, and none for an engine that is only tried by its breaker. Belongs to the timeline.
public final class EngineNews {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final Timeline timeline;
    private final Supplier<List<EngineStatus>> engines;
    private final Consumer<String> told;
    private final Timer next;
    /// Since when each engine that gets none has got none.
    private final Map<EngineId, Long> outSince = new HashMap<>();
    private Set<EngineId> known = Set.of();

    /// @param engines what they are at the moment
    /// @param told    gets each line
    public EngineNews(Timeline timeline, Supplier<List<EngineStatus>> engines, Consumer<String> told) {
        this.timeline = timeline;
        this.engines = engines;
        this.told = told;
        this.next = timeline.timer(this::look);
    }

    /// Looks once a second from now on. Engines in service are news only once they were not.
    public void begin() {
        known = ids(engines.get());
        next.armAt(timeline.nowNanos() + EVERY_NANOS);
    }

    private void look() {
        List<EngineStatus> now = engines.get();
        Set<EngineId> ids = ids(now);
        outSince.keySet().retainAll(ids);
        for (EngineStatus engine : now) {
            if (!known.contains(engine.description().id())) {
                told.accept("engine " + engine.description().id() + " has joined");
            }
            EngineStatus.Health health = engine.health();
            if (isOut(health)) {
                leave(engine.description().id(), health);
            } else if (health.state() == EngineState.READY && health.breaker() == BreakerState.CLOSED) {
                comeBack(engine.description().id());
            }
        }
        known = ids;
        next.armAt(timeline.nowNanos() + EVERY_NANOS);
    }

    private static Set<EngineId> ids(List<EngineStatus> engines) {
        return engines.stream().map(engine -> engine.description().id()).collect(Collectors.toSet());
    }

    private static boolean isOut(EngineStatus.Health health) {
        return health.state() != EngineState.READY || health.breaker() == BreakerState.OPEN;
    }

    private void leave(EngineId id, EngineStatus.Health health) {
        boolean isStarting = health.state() == EngineState.STARTING; // the start has told of it
        if (outSince.putIfAbsent(id, timeline.nowNanos()) == null && !isStarting) {
            told.accept("engine " + id + " gets no requests: " + why(health));
        }
    }

    private static String why(EngineStatus.Health health) {
        return health.reason().isEmpty() ? "too many of its last calls failed" : health.reason();
    }

    private void comeBack(EngineId id) {
        Long since = outSince.remove(id);
        if (since != null) {
            told.accept("engine " + id + " gets requests, after " + (timeline.nowNanos() - since) / 1_000_000_000L + " s without");
        }
    }
}
