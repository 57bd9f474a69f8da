package io.sagebench.policy.cost;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineTraits;
import io.sagebench.policy.Decision;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.FakePool;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Requests have 10 tokens in and out and take 100 ms. An idle engine is predicted to answer first after 10 ms, then each 1 ms: the end after 19 ms,
/// at 1 USD an hour for 0.019 / 3600 USD.
class CostOptimizedPolicyTest implements PolicyContract {
    private static final double ALONE_USD = 0.019 / 3600;

    @Override
    public Policy create(RandomGenerator chance) {
        return costOptimized(Map.of(), chance);
    }

    private static Policy costOptimized(Map<String, String> parameters, RandomGenerator chance) {
        var factory = new CostOptimized();
        var withoutMargin = new HashMap<>(Map.of("safety_margin", "0"));
        withoutMargin.putAll(parameters);
        return factory.create(PolicyParameters.of(factory, withoutMargin), new PolicyContext(chance, Policies.installed()));
    }

    @Nested
    class AtOnce implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return costOptimized(Map.of("over_budget", "cheapest", "cost_budget_usd", "0.000001"), chance);
        }

        @Override
        @Test
        public void equalRequestsSpreadOverEqualEngines() {
            CostOptimizedPolicyTest.this.equalRequestsSpreadOverEqualEngines();
        }

        @Override
        @Test
        public void equalIdleEnginesTakeTurns() {
            CostOptimizedPolicyTest.this.equalIdleEnginesTakeTurns();
        }
    }

    /// It does the opposite, on purpose.
    @Override
    @Test
    public void equalRequestsSpreadOverEqualEngines() {
        var trial = trial(Map.of(), roomy("a"), roomy("b"), roomy("c"));
        for (int i = 0; i < 60; i++) {
            trial.arrive(aRequest(i));
        }
        trial.decide();
        assertThat(trial.engines()).hasSize(60).containsOnly("a");
    }

    /// Idle engines stay idle.
    @Override
    @Test
    public void equalIdleEnginesTakeTurns() {
        var trial = trial(Map.of(), anEngine("a"), anEngine("b"));
        for (int i = 0; i < 9; i++) {
            trial.arrive(aRequest(i).dueMillis(1_000));
            trial.decide();
            trial.endAll();
        }
        assertThat(trial.engines()).hasSize(9).containsOnly("a");
    }

    @Test
    void theCheaperEngineGetsItWhenBothAreInTime() {
        assertThat(engineFor(1_000)).isEqualTo("cheap and slow");
        assertThat(engineFor(300)).as("the cheap one would be late").isEqualTo("dear and quick");
    }

    private static String engineFor(long dueMillis) {
        var trial = trial(Map.of(), priced("dear and quick", 40).predicting(10, 1), priced("cheap and slow", 1).predicting(400, 1));
        trial.arrive(aRequest(0).dueMillis(dueMillis));
        trial.decide();
        return trial.engines().getFirst();
    }

    @Test
    void anEngineOfUnknownPriceCountsAsOneDollarAnHour() {
        for (double price : List.of(0.9, 1.1)) {
            var trial = trial(Map.of(), anEngine("unknown"), priced("known", price));
            trial.arrive(aRequest(0));
            trial.decide();
            assertThat(trial.engines()).containsExactly(price < 1 ? "known" : "unknown");
        }
    }

    /// On an engine that runs one request already: its share of 11 ms of prefill is half, its share of each step too: 5.5 + 4.5 ms.
    @Test
    void aSharedBatchIsCheaper() {
        Policy policy = costOptimized(Map.of(), new SplittableRandom(1));
        var pool = aPoolOf(anEngine("idle"), anEngine("busy").runs(aRequest(9)));
        policy.arrived(aRequest(0).tenant("x").build());
        assertThat(policy.next(pool)).isEqualTo(new Decision.Dispatch(aRequest(0).tenant("x").build(), new EngineId("busy")));
        assertThat(policy.figures().get("usd_estimated")).isCloseTo(0.010 / 3600, within(1e-12));
        assertThat(policy.figures().get("usd_per_1k_tokens")).isCloseTo(50 * 0.010 / 3600, within(1e-12));
        assertThat(policy.figures().get("usd_of_tenant.x")).isCloseTo(0.010 / 3600, within(1e-12));
    }

    @Test
    void waitsForTheEngineThatIsInTimeAndHalfwayToItsLatestStartTakesTheCheapest() {
        var slow = anEngine("slow").predicting(400, 1);
        FakePool pool = aPoolOf(slow, anEngine("quick").maxConcurrent(1).answers(aRequest(9)));
        Policy policy = costOptimized(Map.of(), new SplittableRandom(1));
        var request = aRequest(0).dueMillis(300).build();
        policy.arrived(request);
        assertThat(policy.next(pool.atMillis(50))).as("half of 300 - 100 ms").isEqualTo(new Decision.Hold(100_000_001));
        assertThat(policy.next(pool.atMillis(101))).isEqualTo(new Decision.Dispatch(request, new EngineId("slow")));

        policy.arrived(request);
        pool.end(pool.running().getFirst());
        assertThat(policy.next(pool.atMillis(60))).isEqualTo(new Decision.Dispatch(request, new EngineId("quick")));
    }

    /// It goes while it still counts as in time, before one that is late already: the engines that are full stay work for those who can make it.
    @Test
    void whatNoEngineServesInTimeStillGoesBeforeWhatIsLate() {
        var trial = trial(Map.of(), anEngine("slow").predicting(400, 1));
        trial.arrive(aRequest(0).dueMillis(110)).atMillis(150).arrive(aRequest(1).atMillis(0).dueMillis(300));
        assertThat(trial.decide()).containsExactly(1L, 0L);
    }

    @Test
    void anotherGoesPastTheOneThatWaits() {
        var trial = trial(Map.of(), anEngine("slow").predicting(400, 1), anEngine("quick").maxConcurrent(1).answers(aRequest(9)));
        trial.arrive(aRequest(0).dueMillis(300), aRequest(1).dueMillis(2_000));
        assertThat(trial.decide()).containsExactly(1L);
        assertThat(trial.engines()).containsExactly("slow");
    }

    @Test
    void aBudgetItCannotKeepMakesItWaitOrGoOrFailAsTold() {
        Map<String, String> tight = Map.of("cost_budget_usd", "" + ALONE_USD / 2);
        assertThat(decisionWith(tight, "queue")).isEqualTo(new Decision.Hold(14_950_000_001L));
        assertThat(decisionWith(tight, "cheapest")).isInstanceOf(Decision.Dispatch.class);
        assertThat(decisionWith(tight, "reject")).isInstanceOfSatisfying(
                Decision.Reject.class, rejected -> assertThat(rejected.reason()).contains("budget of 0.000003 USD"));
        Map<String, String> wide = Map.of("cost_budget_usd", "" + ALONE_USD * 1.01);
        assertThat(decisionWith(wide, "reject")).isInstanceOf(Decision.Dispatch.class);
    }

    @Test
    void rejectsWhatIsTooLateWhenToldTo() {
        var trial = trial(Map.of("over_budget", "reject"), anEngine("a"));
        trial.arrive(aRequest(0).dueMillis(300)).atMillis(201);
        assertThat(trial.decide()).isEmpty();
        assertThat(trial.waiting()).isEmpty();
    }

    private static Decision decisionWith(Map<String, String> budget, String overBudget) {
        var parameters = new HashMap<>(budget);
        parameters.put("over_budget", overBudget);
        Policy policy = costOptimized(parameters, new SplittableRandom(1));
        policy.arrived(aRequest(0).build());
        return policy.next(aPoolOf(anEngine("a")));
    }

    @Test
    void countsTheTimeThatEnginesStandIdle() {
        Policy policy = costOptimized(Map.of(), new SplittableRandom(1));
        FakePool pool = aPoolOf(anEngine("a"), anEngine("b"));
        policy.next(pool);
        policy.arrived(aRequest(0).build());
        var dispatch = (Decision.Dispatch) policy.next(pool.atMillis(1_000)); // two idle for 1 s
        policy.ended(dispatch.request(), dispatch.engine(), 10, Policy.Ending.COMPLETED, 4_000_000_000L); // one for 3 s
        policy.next(pool.atMillis(5_000)); // two for 1 s
        assertThat(policy.figures()).containsEntry("idle_engine_seconds", 7.0);
    }

    private static FakeEngine roomy(String name) {
        return anEngine(name).maxConcurrent(100).kvTokens(100_000);
    }

    private static FakeEngine priced(String name, double usdPerHour) {
        return anEngine(name).traits(EngineTraits.UNKNOWN.withUsdPerHour(usdPerHour));
    }

    private static PolicyTrial trial(Map<String, String> parameters, FakeEngine... engines) {
        return new PolicyTrial(costOptimized(parameters, new SplittableRandom(1)), aPoolOf(engines));
    }
}
