package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.controlplane.BreakerState;
import io.sagebench.controlplane.EngineState;
import io.sagebench.controlplane.EngineStatus;
import io.sagebench.engine.EngineDescription;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineSpeed;
import io.sagebench.engine.EngineTraits;
import io.sagebench.engine.ServedModels;
import io.sagebench.time.VirtualTimeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineNewsTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Map<String, EngineStatus> engines = new LinkedHashMap<>();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        now("a", EngineState.READY, BreakerState.CLOSED, "");
        new EngineNews(timeline, () -> List.copyOf(engines.values()), told::add).begin();
    }

    @Test
    void anEngineInServiceIsNoNews() {
        passSeconds(10);
        assertThat(told).isEmpty();
    }

    @Test
    void anEngineThatFailsAndRecoversIsToldOnceEach() {
        now("a", EngineState.ERROR, BreakerState.OPEN, "connection refused");
        passSeconds(5);
        assertThat(told).containsExactly("engine a gets no requests: connection refused");
        now("a", EngineState.STARTING, BreakerState.OPEN, "");
        passSeconds(5);
        assertThat(told).hasSize(1);
        now("a", EngineState.READY, BreakerState.HALF_OPEN, ""); // it answers its probes; who sends nothing cannot close the breaker
        passSeconds(2);
        assertThat(told).hasSize(2).last().isEqualTo("engine a gets requests, after 9 s without"); // seen at 1 s and at 10 s
    }

    @Test
    void anOpenBreakerIsAReason() {
        now("a", EngineState.READY, BreakerState.OPEN, "");
        passSeconds(2);
        assertThat(told).containsExactly("engine a gets no requests: too many of its last calls failed");
        now("a", EngineState.READY, BreakerState.HALF_OPEN, ""); // tried, not yet trusted
        passSeconds(2);
        now("a", EngineState.READY, BreakerState.OPEN, "");
        passSeconds(2);
        assertThat(told).as("no line for each trial").hasSize(1);
        now("a", EngineState.READY, BreakerState.CLOSED, "");
        passSeconds(2);
        assertThat(told).hasSize(2).last().asString().startsWith("engine a gets requests");
    }

    @Test
    void oneThatJoinsOrThatWasAwaitedIsTold() {
        now("b", EngineState.STARTING, BreakerState.CLOSED, "");
        passSeconds(3);
        assertThat(told).containsExactly("engine b has joined");
        now("b", EngineState.READY, BreakerState.CLOSED, "");
        passSeconds(1);
        assertThat(told).hasSize(2).last().asString().startsWith("engine b gets requests, after");
    }

    private void passSeconds(long seconds) {
        long untilNanos = timeline.nowNanos() + seconds * 1_000_000_000L;
        timeline.at(untilNanos, () -> {});
        timeline.runUntil(() -> timeline.nowNanos() >= untilNanos);
    }

    private void now(String id, EngineState state, BreakerState breaker, String reason) {
        var description = new EngineDescription(
                new EngineId(id),
                "http://" + id,
                ServedModels.of("m"),
                1,
                OptionalInt.empty(),
                OptionalLong.empty(),
                EngineSpeed.UNKNOWN_SERVER,
                EngineTraits.UNKNOWN);
        var health = new EngineStatus.Health(state, breaker, 0, false, reason);
        engines.put(id, new EngineStatus(description, 0, 0, 0, 0, 0, 0, 0, health));
    }
}
