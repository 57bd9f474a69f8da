package io.sagebench.controlplane;

import static io.sagebench.controlplane.ScriptedEngine.anEngine;
import static io.sagebench.controlplane.SubmissionBuilder.aSubmission;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.SimulatedEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Load is reserved before the next decision, so a burst never piles up on one engine.
class NoHerdingTest {
    /// cost_optimized fills the engines it pays for before it begins another, and random draws lots.
    private static final Set<String> UNEVEN = Set.of("cost_optimized", "random");
    /// These do as cost_optimized does while less than 0.3 of the pool is in use, as at 10 requests a second: adaptive, and hybrid, which leaves
    /// prompts to it.
    private static final Set<String> UNEVEN_WHEN_NEARLY_IDLE = Set.of("adaptive", "hybrid");

    /// Those that send equal requests to equal engines in equal numbers.
    static List<String> spreading() {
        return Policies.installed().all().stream().map(PolicyFactory::name).filter(name -> !UNEVEN.contains(name)).toList();
    }

    static Stream<Arguments> spreadingAtEachRate() {
        return spreading().stream().flatMap(policy -> Stream.of(10, 50, 130)
                .filter(rate -> rate > 10 || !UNEVEN_WHEN_NEARLY_IDLE.contains(policy))
                .map(rate -> Arguments.of(policy, rate)));
    }

    private final VirtualTimeline timeline = new VirtualTimeline();

    @ParameterizedTest
    @MethodSource("spreading")
    void aBurstGoesToBothOfTwoIdleEnginesWithinTheirLimits(String policy) {
        var two = anEngine(timeline, "two").maxConcurrent(2);
        var hundred = anEngine(timeline, "hundred").maxConcurrent(100);
        var trial = new ControlPlaneTrial(timeline, policy, two, hundred);
        burst(trial, 20);
        assertThat(two.jobs()).hasSize(2);
        assertThat(hundred.jobs()).hasSize(18);
    }

    @ParameterizedTest
    @MethodSource("spreading")
    void aBurstIsSharedEvenlyByEqualEngines(String policy) {
        var one = anEngine(timeline, "one").maxConcurrent(100);
        var other = anEngine(timeline, "other").maxConcurrent(100);
        burst(new ControlPlaneTrial(timeline, policy, one, other), 20);
        assertThat(one.jobs()).hasSizeBetween(8, 12);
        assertThat(other.jobs()).hasSize(20 - one.jobs().size());
    }

    private static void burst(ControlPlaneTrial trial, int requests) {
        for (int i = 0; i < requests; i++) {
            trial.submit(aSubmission("r" + i));
        }
        trial.checkBooks();
    }

    /// Random lengths over a minute of virtual time, at a tenth, half and more than all of what the engines can do.
    @ParameterizedTest
    @MethodSource("spreadingAtEachRate")
    void equalSimulatedEnginesGetAboutEquallyManyRequests(String policy, int ratePerSecond) {
        checkUnevenness(policy, Map.of(), ratePerSecond);
    }

    /// Those that keep sessions together do so as well, since nobody asks twice.
    @ParameterizedTest
    @CsvSource({
        "least_work, 10", "p2c, 10", "round_robin, 10", "random, 10", "load_balanced, 10", "affinity, 10", "locality, 10", "cache, 10",
        "topology_aware, 10", "predicted_latency, 10",
        "least_work, 50", "p2c, 50", "round_robin, 50", "random, 50", "load_balanced, 50", "affinity, 50", "locality, 50", "cache, 50",
        "topology_aware, 50", "predicted_latency, 50",
        "least_work, 130", "p2c, 130", "round_robin, 130", "random, 130", "load_balanced, 130", "affinity, 130", "locality, 130", "cache, 130",
        "topology_aware, 130", "predicted_latency, 130"
    })
    void soDoTheyWithEveryPlacement(String placement, int ratePerSecond) {
        checkUnevenness("fifo", Map.of("placement", placement), ratePerSecond);
    }

    private void checkUnevenness(String policy, Map<String, String> parameters, int ratePerSecond) {
        EngineProfile profile = EngineProfiles.named("qwen2.5-0.5b-a100").orElseThrow().withMaxNumSeqs(8);
        var engines = List.of("a", "b", "c").stream()
                .map(name -> new SimulatedEngine(timeline, new EngineId(name), ServedModels.of("m"), profile))
                .toList();
        var trial = new ControlPlaneTrial(timeline, policy, QueueLimits.DEFAULT, engines);
        assertThat(trial.controlPlane.activate(policy, parameters)).isInstanceOf(PolicySwitch.Active.class);
        var chance = new SplittableRandom(1);
        double atSeconds = 0;
        for (int i = 0; i < 60 * ratePerSecond; i++) {
            atSeconds -= Math.log(1 - chance.nextDouble()) / ratePerSecond;
            var submission = aSubmission("r" + i).tokens(chance.nextInt(50, 501), chance.nextInt(50, 201)).dueMillis(1_000);
            timeline.at(Math.round(atSeconds * 1e9), () -> trial.submit(submission));
        }
        timeline.run();
        trial.expectIdle();
        var dispatched = trial.controlPlane.engines().stream().mapToLong(EngineStatus::dispatched).summaryStatistics();
        assertThat((double) dispatched.getMax() / dispatched.getMin())
                .as("%s", trial.controlPlane.engines().stream().map(EngineStatus::dispatched).toList())
                .isLessThanOrEqualTo(1.5);
    }
}
