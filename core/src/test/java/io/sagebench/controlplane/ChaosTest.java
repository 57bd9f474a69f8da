package io.sagebench.controlplane;

import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.random.Seed;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ten minutes of virtual time in which engines crash, hang, fail, slow down, recover, are drained and come back, under load, while submitters leave.
/// The first minute and the last two are calm.
class ChaosTest {
    private static final int MINUTES = 10;
    private static final List<String> TROUBLES = List.of(
            "crash:at=1s,for=10s",
            "crash:at=1ms,for=30s",
            "hang",
            "hang@30%",
            "hang:after=5@50%",
            "error:503",
            "error:500@60%",
            "error:429@80%",
            "reset@40%",
            "reset:after=3@40%",
            "truncate:after=2@20%",
            "slow:6x",
            "delay:3s");

    /// All but the ceilings.
    static Stream<String> policies() {
        return Policies.installed().all().stream().filter(factory -> !factory.isCeiling()).map(PolicyFactory::name);
    }

    private final VirtualTimeline timeline = new VirtualTimeline();

    @ParameterizedTest
    @MethodSource("policies")
    void everyRequestEndsOnceTheBooksBalanceAndRecoveredEnginesServeAsBefore(String policy) {
        long seed = policy.hashCode();
        var chance = new SplittableRandom(seed);
        EngineProfile profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);
        List<FaultyEngine> engines = List.of("a", "b", "c", "d").stream()
                .map(name -> new FaultyEngine(
                        timeline,
                        new SimulatedEngine(timeline, new EngineId(name), ServedModels.of("m"), profile),
                        FaultPlan.NONE,
                        new Seed(seed).child(name)))
                .toList();
        var crowd = new Crowd(timeline, policy, ControlPlaneSettings.DEFAULT, engines, Duration.ofSeconds(5));
        crowd.arrive(25, MINUTES * 60, 0.03, chance, (id, draw) -> aSubmission(id)
                .tokens(draw.nextInt(50, 501), draw.nextInt(50, 201))
                .tenant("t" + draw.nextInt(5)));
        for (FaultyEngine engine : engines) {
            trouble(engine, crowd.controlPlane, chance);
        }
        var dispatchedBefore = new long[engines.size()];
        timeline.at(60_000_000_000L * (MINUTES - 1), () -> note(crowd.controlPlane, dispatchedBefore));

        crowd.run(MINUTES * 60);

        ControlPlaneMetrics metrics = crowd.controlPlane.metrics();
        assertThat(metrics.counts().completed()).isEqualTo(crowd.ended(Crowd.Ending.IN_TIME) + crowd.ended(Crowd.Ending.LATE));
        assertThat(crowd.all()).isBetween(14_000, 16_000);
        assertThat(crowd.ended(Crowd.Ending.FAILED)).as("there was trouble").isPositive();
        assertThat(metrics.activity().retries()).isPositive();
        assertThat(metrics.activity().breakerOpenings()).isPositive();
        assertThat(crowd.attainment(0)).as("before").isGreaterThan(0.99);
        assertThat(crowd.attainment(MINUTES - 1)).as("after").isGreaterThan(crowd.attainment(0) - 0.01);
        var dispatchedAfter = new long[engines.size()];
        note(crowd.controlPlane, dispatchedAfter);
        for (int i = 0; i < engines.size(); i++) {
            assertThat(dispatchedAfter[i] - dispatchedBefore[i])
                    .as("dispatches to engine %d in the last minute", i)
                    .isGreaterThan(policy.equals("fifo") ? 100 : 0); // the others prefer the fastest by however little
        }
        assertThat(crowd.controlPlane.engines()).allSatisfy(engine -> {
            assertThat(engine.health().state()).isEqualTo(EngineState.READY);
            assertThat(engine.health().breaker()).isEqualTo(BreakerState.CLOSED);
            assertThat(engine.running()).isZero();
            assertThat(engine.kvTokensReserved()).isZero();
        });
    }

    /// From minute 1 to 8 one trouble after another, each for 5 to 30 s, with as much peace between; one of three times its operator drains it too.
    private void trouble(FaultyEngine engine, ControlPlane controlPlane, SplittableRandom chance) {
        EngineId id = engine.description().id();
        double at = 60 + chance.nextDouble(20);
        while (at < 60 * 7.5) {
            String trouble = TROUBLES.get(chance.nextInt(TROUBLES.size()));
            double until = at + chance.nextDouble(5, 30);
            timeline.at(nanos(at), () -> engine.follow(plan(trouble)));
            timeline.at(nanos(until), () -> engine.follow(FaultPlan.NONE));
            if (chance.nextInt(3) == 0) {
                timeline.at(nanos((at + until) / 2), () -> controlPlane.drainEngine(id));
                timeline.at(nanos(until + 1), () -> controlPlane.enableEngine(id));
            }
            if (chance.nextInt(4) == 0) {
                timeline.at(nanos(until), () -> controlPlane.activate(controlPlane.active().policy(), Map.of()));
            }
            at = until + chance.nextDouble(5, 30);
        }
    }

    private static void note(ControlPlane controlPlane, long[] dispatched) {
        int i = 0;
        for (EngineStatus engine : controlPlane.engines()) {
            dispatched[i++] = engine.dispatched();
        }
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private static FaultPlan plan(String text) {
        return switch (FaultText.plan(text)) {
            case FaultReading.Read(FaultPlan plan) -> plan;
            case FaultReading.Wrong(List<String> problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }
}
