package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FailureInjection;
import io.sagebench.engine.fault.FaultError;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.random.Seed;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MockEngineSettingsTest {
    private final VirtualTimeline timeline = new VirtualTimeline();
    private final LatencyEngine inner = new LatencyEngine(
            timeline, new EngineId("e"), ServedModels.of("m"), LatencyProfile.DEFAULT, Latencies.NONE, new Seed(1));
    private final FaultyEngine engine = new FaultyEngine(timeline, inner, FaultPlan.NONE, new Seed(1));
    private final MockEngineSettings settings =
            new MockEngineSettings(engine, FaultPlan.NONE, FailureInjection.NONE, Optional.of(inner));

    @Test
    void changesLatenciesAndFaultsTogether() {
        Map<String, Object> changes = Map.of(
                "time-to-first-token", 250,
                "inter-token-latency", "20ms",
                "faults", List.of("hang@1%", "reset"),
                "failure-injection-rate", 50);
        assertThat(settings.adjust(changes)).isEmpty();
        assertThat(settings.settings())
                .containsEntry("time-to-first-token", "250ms")
                .containsEntry("faults", List.of("hang@1%", "reset"))
                .containsEntry("failure-injection-rate", 50.0);
        assertThat(inner.latencies().firstToken().meanNanos()).isEqualTo(250_000_000);
        assertThat(engine.plan().rules()).hasSize(2 + FaultError.NAMED.size());
        assertThat(settings.adjust(Map.of("faults", "none", "failure-injection-rate", 0))).isEmpty();
        assertThat(engine.plan().isEmpty()).isTrue();
    }

    @Test
    void changesNothingWhenAnythingIsWrong() {
        Map<String, Object> changes = Map.of(
                "inter-token-latency", "20ms",
                "time-to-first-token", true,
                "time-to-first-tokn", 5,
                "faults", "boom",
                "failure-injection-rate", 101,
                "failure-types", List.of("rate_limt"));
        assertThat(settings.adjust(changes)).hasSize(5).anySatisfy(mistake ->
                assertThat(mistake).isEqualTo("unknown setting 'time-to-first-tokn'; did you mean 'time-to-first-token'?"));
        assertThat(inner.latencies()).isEqualTo(Latencies.NONE);
        assertThat(engine.plan().isEmpty()).isTrue();
    }

    @Test
    void anEngineThatTakesStepsHasNoLatenciesToChange() {
        var stepwise = new MockEngineSettings(engine, FaultPlan.NONE, FailureInjection.NONE, Optional.empty());
        assertThat(stepwise.settings()).containsOnlyKeys("faults", "failure-injection-rate", "failure-types");
        assertThat(stepwise.adjust(Map.of("time-to-first-token", 5))).singleElement().asString().startsWith("unknown setting");
    }

    @Test
    void eachFailureTypeIsEquallyLikely() {
        var injection = new FailureInjection(60, FaultError.NAMED.subList(0, 3));
        // 20 % each: 0.2 of all, then 0.2 / 0.8 of what is left, then 0.2 / 0.6.
        assertThat(injection.rules()).extracting(rule -> rule.text())
                .containsExactly("error:rate_limit@20%", "error:invalid_api_key@25%", "error:context_length@33.3333333%");
    }
}
