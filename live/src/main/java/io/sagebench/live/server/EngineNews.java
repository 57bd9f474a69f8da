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
    private final Map<EngineId, Out> out = new HashMap<>();
    private Set<EngineId> known = Set.of();

    /// An engine that gets nothing.
    ///
    /// @param byBreaker whether its calls failed although it says that it works: then only calls that succeed count
    private record Out(long sinceNanos, boolean byBreaker) {}

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
        out.keySet().retainAll(ids);
        for (EngineStatus engine : now) {
            if (!known.contains(engine.description().id())) {
                told.accept("engine " + engine.description().id() + " has joined");
            }
            EngineStatus.Health health = engine.health();
            if (isOut(health)) {
                leave(engine.description().id(), health);
            } else {
                comeBack(engine.description().id(), health.breaker() == BreakerState.CLOSED);
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
        var now = new Out(timeline.nowNanos(), health.state() == EngineState.READY);
        if (out.putIfAbsent(id, now) == null && !isStarting) {
            told.accept("engine " + id + " gets no requests: " + why(health));
        }
    }

    private static String why(EngineStatus.Health health) {
        return health.reason().isEmpty() ? "too many of its last calls failed" : health.reason();
    }

    private void comeBack(EngineId id, boolean isTrusted) {
        Out was = out.get(id);
        if (was != null && (isTrusted || !was.byBreaker)) {
            out.remove(id);
            told.accept("engine " + id + " gets requests, after " + (timeline.nowNanos() - was.sinceNanos) / 1_000_000_000L + " s without");
        }
    }
}
