package io.sagebench.controlplane;

import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.request.Priority;
import io.sagebench.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Another policy every 100 ms, for 30 s at more than the engines can do.
class SwitchUnderLoadTest {
    private static final EngineProfile PROFILE =
            EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final List<SimulatedEngine> engines = List.of("a", "b").stream()
            .map(name -> new SimulatedEngine(timeline, new EngineId(name), ServedModels.of("m"), PROFILE))
            .toList();

    @Test
    void nothingIsLostOrDoubledWhicheverPoliciesTakeOver() {
        List<String> policies = Policies.installed().all().stream()
                .filter(factory -> !factory.isCeiling())
                .map(PolicyFactory::name)
                .toList();
        Crowd crowd = crowdOf("fifo", Duration.ofSeconds(8));
        crowd.arrive(110, 30, 0.05, new SplittableRandom(3), (id, chance) -> aSubmission(id)
                .tokens(chance.nextInt(50, 501), chance.nextInt(50, 201))
                .priority(List.of(Priority.values()).get(chance.nextInt(5)))
                .tenant("t" + chance.nextInt(4)));
        switching(crowd, policies);
        crowd.run(30);
        assertThat(crowd.controlPlane.active().epoch()).isEqualTo(301);
        assertThat(crowd.all()).isBetween(3_000, 3_600);
        assertThat(crowd.ended(Crowd.Ending.FAILED)).isZero();
        assertThat(crowd.ended(Crowd.Ending.IN_TIME)).isGreaterThan(1_000);
        assertThat(crowd.ended(Crowd.Ending.REFUSED)).as("more than they can do").isPositive();
    }

    @Test
    void switchingBetweenEqualsKeepsTheOrderOfArrival() {
        Crowd crowd = crowdOf("fifo", Duration.ofHours(1));
        crowd.arrive(110, 30, 0, new SplittableRandom(4), (id, chance) -> aSubmission(id)
                .tokens(chance.nextInt(50, 501), chance.nextInt(50, 201)));
        switching(crowd, List.of("fifo", "priority"));
        crowd.run(30);
        List<Integer> order = crowd.order.stream().map(id -> Integer.valueOf(id.substring(1))).toList();
        assertThat(order).as("one priority, so both serve in the order of arrival").isSorted().doesNotHaveDuplicates();
    }

    private Crowd crowdOf(String policy, Duration deadline) {
        return new Crowd(timeline, policy, ControlPlaneSettings.plain(QueueLimits.DEFAULT), engines, deadline);
    }

    private void switching(Crowd crowd, List<String> policies) {
        for (int i = 1; i <= 300; i++) {
            String policy = policies.get(i % policies.size());
            timeline.at(i * 100_000_000L, () -> assertThat(crowd.controlPlane.activate(policy, Map.of()))
                    .isInstanceOf(PolicySwitch.Active.class));
        }
    }
}
