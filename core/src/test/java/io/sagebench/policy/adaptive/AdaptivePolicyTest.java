package io.sagebench.policy.adaptive;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.policy.Decision;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.Priority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests take 100 ms and have NORMAL priority unless a test says otherwise.
class AdaptivePolicyTest {

    private static Policy adaptive(Map<String, String> parameters, RandomGenerator chance) {
        var factory = new Adaptive();
        var withoutMargin = new HashMap<>(Map.of("safety_margin", "0"));
        withoutMargin.putAll(parameters);
        return factory.create(PolicyParameters.of(factory, withoutMargin), new PolicyContext(chance, Policies.installed()));
    }

    @Nested
    class Blend implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return adaptive(Map.of(), chance);
        }

        /// What is promised something is packed while the pool is nearly idle; the rest takes turns.
        @Override
        @Test
        public void equalIdleEnginesTakeTurns() {
            assertThat(enginesOfThirtyAlone(this, aRequest(0).dueMillis(1_000))).containsOnly("a");
            assertThat(enginesOfThirtyAlone(this, aRequest(0))).contains("a", "b", "c");
        }
    }

    @Nested
    class BlendThatRejects implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return adaptive(Map.of("late_policy", "reject", "first_gamma", "2"), chance);
        }

        @Override
        @Test
        public void equalIdleEnginesTakeTurns() {
            assertThat(enginesOfThirtyAlone(this, aRequest(0))).contains("a", "b", "c");
        }
    }

    @Nested
    class Switch implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return adaptive(Map.of("adaptive_mode", "switch"), chance);
        }

        /// At first the pool is idle, and the cheapest engine gets everything.
        @Override
        @Test
        public void equalRequestsSpreadOverEqualEngines() {
            assertThat(enginesOfThirtyAlone(this, aRequest(0))).containsOnly("a");
        }

        @Override
        @Test
        public void equalIdleEnginesTakeTurns() {
            assertThat(enginesOfThirtyAlone(this, aRequest(0).dueMillis(1_000))).containsOnly("a");
        }
    }

    private static List<String> enginesOfThirtyAlone(PolicyContract of, WaitingBuilder request) {
        var trial = new PolicyTrial(of.create(new SplittableRandom(1)), aPoolOf(anEngine("a"), anEngine("b"), anEngine("c")));
        for (int i = 0; i < 30; i++) {
            trial.arrive(request);
            trial.decide();
            trial.endAll();
        }
        return trial.engines();
    }

    /// Both are due at 500 ms; the long one takes 310 ms, the short one 100.
    @ParameterizedTest
    @CsvSource({"0, long", "0.9, long", "1.1, short", "2, short"})
    void gammaLeansTowardsShortRequests(double gamma, String first) {
        var trial = trial(Map.of("first_gamma", "" + gamma), anEngine("a"));
        trial.arrive(aRequest(0).dueMillis(500), aRequest(1).dueMillis(500).serviceMillis(10, 300));
        assertThat(trial.decide()).containsExactly(first.equals("long") ? 1L : 0L, first.equals("long") ? 0L : 1L);
    }

    @ParameterizedTest
    @CsvSource({"2199, 1", "2201, 0"})
    void aBandCountsAsMuchAsATenthOfASecondOfSlack(long dueMillis, long first) {
        var trial = trial(Map.of(), anEngine("a"));
        trial.arrive(
                aRequest(0).dueMillis(2_000).priority(Priority.NORMAL),
                aRequest(1).dueMillis(dueMillis).priority(Priority.CRITICAL));
        assertThat(trial.decide().getFirst()).isEqualTo(first);
    }

    @Test
    void whatIsTooLateGoesLastAndIsServedAllTheSame() {
        var trial = trial(Map.of(), anEngine("a"));
        trial.arrive(aRequest(0).dueMillis(200).priority(Priority.CRITICAL), aRequest(1).dueMillis(5_000).priority(Priority.LOW));
        assertThat(trial.atMillis(101).decide()).containsExactly(1L, 0L);
    }

    /// The average of a full pool passes 0.8 after 5 s * ln 5 = 8.05 s; from then on gamma rises by 0.2 each 2 s: above 1 after 18.1 s.
    @Test
    void gammaRisesWhileThePoolIsFullAndReordersWhatWaits() {
        Policy policy = adaptive(Map.of(), new SplittableRandom(1));
        FakePool pool = aPoolOf(anEngine("a").maxConcurrent(1).answers(aRequest(9)));
        policy.arrived(aRequest(0).dueMillis(90_000).build());
        policy.arrived(aRequest(1).dueMillis(90_000).serviceMillis(10, 300).build());
        long aboveOneAtMillis = 0;
        for (long millis = 0; millis < 25_000; millis += 50) {
            assertThat(policy.next(pool.atMillis(millis))).isInstanceOf(Decision.Hold.class);
            if (aboveOneAtMillis == 0 && policy.figures().getOrDefault("gamma", 0.0) > 1.1) {
                aboveOneAtMillis = millis;
            }
        }
        assertThat(aboveOneAtMillis).isBetween(18_000L, 18_400L);
        assertThat(policy.figures().get("saturation")).isCloseTo(1, within(0.01));
        pool.end(pool.running().getFirst());
        assertThat(policy.next(pool)).isInstanceOfSatisfying(
                Decision.Dispatch.class, dispatch -> assertThat(dispatch.request().sequence()).isZero());
    }

    /// Two clients expire within a nearly idle pool: attainment is 0.
    @Test
    void gammaRisesWhenPromisesAreBrokenThoughThereIsRoom() {
        Policy policy = adaptive(Map.of(), new SplittableRandom(1));
        FakePool pool = aPoolOf(anEngine("a"));
        policy.next(pool); // it watches from now on
        for (int i = 0; i < 2; i++) {
            policy.arrived(aRequest(i).model("none").dueMillis(500).build());
            policy.withdrawn(aRequest(i).model("none").dueMillis(500).build());
        }
        policy.next(pool.atMillis(3_000));
        assertThat(policy.figures()).containsEntry("attainment", 0.0).containsEntry("gamma_raised", 1.0);
    }

    @Test
    void switchesByUrgencyAndRoomAndKeepsWhatWaits() {
        Policy policy = adaptive(Map.of("adaptive_mode", "switch"), new SplittableRandom(1));
        var engine = anEngine("a").maxConcurrent(1).answers(aRequest(9));
        FakePool pool = aPoolOf(engine);
        policy.arrived(aRequest(0).priority(Priority.LOW).build());
        policy.next(pool);
        assertThat(policy.figures()).containsEntry("deciding_cost_optimized", 1.0);
        policy.arrived(aRequest(1).priority(Priority.HIGH).build());
        assertThat(policy.next(pool.atMillis(500)))
                .as("at the latest when it may switch")
                .isEqualTo(new Decision.Hold(2_000_000_000L));
        assertThat(policy.figures()).as("each decides for 2 s at least").containsEntry("deciding_priority", 0.0);
        policy.next(pool.atMillis(2_000));
        assertThat(policy.figures()).containsEntry("deciding_priority", 1.0).containsEntry("switches", 2.0);
        pool.end(pool.running().getFirst());
        var first = (Decision.Dispatch) policy.next(pool.atMillis(2_000));
        assertThat(first.request().sequence()).isEqualTo(1);
        pool.carryOut(first);
        policy.next(pool.atMillis(9_000));
        assertThat(policy.figures()).as("the pool is full, nobody urgent waits").containsEntry("deciding_slo_aware", 1.0);
        pool.end(pool.running().getFirst());
        policy.ended(first.request(), first.engine(), 10, Policy.Ending.COMPLETED, 9_500_000_000L);
        assertThat(policy.next(pool.atMillis(9_500))).isInstanceOfSatisfying(
                Decision.Dispatch.class, second -> assertThat(second.request().sequence()).isZero());
        assertThat(policy.next(pool)).isEqualTo(Decision.Hold.UNTIL_AN_EVENT);
    }

    private static PolicyTrial trial(Map<String, String> parameters, FakeEngine... engines) {
        return new PolicyTrial(adaptive(parameters, new SplittableRandom(1)), aPoolOf(engines));
    }
}
