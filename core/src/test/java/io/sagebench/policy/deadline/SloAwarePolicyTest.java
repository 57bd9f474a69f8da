package io.sagebench.policy.deadline;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Requests take 10 ms of prefill and 90 ms of decode unless a test says otherwise.
class SloAwarePolicyTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return sloAware(Map.of(), chance);
    }

    private static Policy sloAware(Map<String, String> parameters, RandomGenerator chance) {
        var factory = new SloAware();
        return factory.create(PolicyParameters.of(factory, parameters), new PolicyContext(chance, Policies.installed()));
    }

    @Nested
    class WithRejection implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return sloAware(Map.of("late_policy", "reject"), chance);
        }
    }

    @Nested
    class WithoutDemotion implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return sloAware(Map.of("late_policy", "run"), chance);
        }
    }

    /// At 60 s: one that just arrived with 50 ms, one with 10 s that has waited 2 s, one that missed its 100 ms, one without deadline that has
    /// waited 60 s. The order by used share of the deadline would be: missed, 10 s, 50 ms, none.
    private static final WaitingBuilder[] FOUR = {
        aRequest(4).atMillis(60_000).dueMillis(50).serviceMillis(5, 15),
        aRequest(3).atMillis(58_000).dueMillis(10_000),
        aRequest(2).atMillis(59_800).dueMillis(100),
        aRequest(1).atMillis(0),
    };

    @Test
    void servesTheOneThatMustStartFirstAndTheOneThatIsTooLateLast() {
        assertThat(trialWith(Map.of()).arrive(FOUR).atMillis(60_000).decide()).containsExactly(1L, 4L, 3L, 2L);
    }

    @Test
    void rejectsTheOneThatIsTooLateWhenToldTo() {
        var trial = trialWith(Map.of("late_policy", "reject"));
        assertThat(trial.arrive(FOUR).atMillis(60_000).decide()).containsExactly(1L, 4L, 3L);
        assertThat(trial.waiting()).isEmpty();
    }

    /// Its client hears of it then, and not when something else happens.
    @Test
    void rejectsAtTheLatestStartAlthoughNothingElseHappens() {
        var due = aRequest(1).serviceMillis(20, 0).dueMillis(100);
        var rejecting = new PolicyTrial(
                sloAware(Map.of("late_policy", "reject", "safety_margin", "0"), new SplittableRandom(1)), aPoolOf());
        assertThat(rejecting.arrive(due).holdsUntilMillis()).isEqualTo(80.000001);
        assertThat(rejecting.atMillis(81).decide()).isEmpty();
        assertThat(rejecting.waiting()).isEmpty();
        var keeping = new PolicyTrial(sloAware(Map.of(), new SplittableRandom(1)), aPoolOf());
        assertThat(keeping.arrive(due).holdsUntilMillis()).as("nothing changes by itself").isEqualTo(-1);
    }

    @Test
    void runsTheOneThatIsTooLateInItsOrderWhenToldTo() {
        var trial = trialWith(Map.of("late_policy", "run"));
        assertThat(trial.arrive(FOUR).atMillis(60_000).decide()).containsExactly(1L, 2L, 4L, 3L);
    }

    @Test
    void ofEqualDeadlinesTheLongerServiceStartsFirst() {
        var trial = trialWith(Map.of());
        trial.arrive(aRequest(0).dueMillis(500), aRequest(1).dueMillis(500).serviceMillis(10, 300));
        assertThat(trial.decide()).containsExactly(1L, 0L);
    }

    @Test
    void aPromiseOfAFirstTokenNeedsOnlyThePrefillInTime() {
        var trial = trialWith(Map.of());
        // latest starts: 200 - 10, 280 - 100
        trial.arrive(aRequest(0).firstTokenDueMillis(200), aRequest(1).dueMillis(280));
        assertThat(trial.decide()).containsExactly(1L, 0L);
    }

    @Test
    void ofTwoPromisesTheTighterCounts() {
        var both = new ServiceLevel(
                Optional.of(Duration.ofMillis(10_000)), Optional.of(Duration.ofMillis(100)), Optional.empty());
        var trial = trialWith(Map.of());
        trial.arrive(aRequest(0).dueMillis(250), aRequest(1).promised(both));
        assertThat(trial.decide()).containsExactly(1L, 0L);
    }

    @Test
    void isLateOnlyAfterItsLatestStart() {
        for (long nowMillis : List.of(400L, 401L)) {
            var trial = trialWith(Map.of());
            trial.arrive(aRequest(0).dueMillis(500), aRequest(1).atMillis(390).dueMillis(5_000));
            List<Long> order = nowMillis == 400 ? List.of(0L, 1L) : List.of(1L, 0L);
            assertThat(trial.atMillis(nowMillis).decide()).as("at %s ms", nowMillis).isEqualTo(order);
        }
    }

    /// Service takes 100 ms: with half as much again the latest start is 350 ms after arrival, without deadline nothing changes.
    @Test
    void theSafetyMarginAsksForAnEarlierStart() {
        for (long nowMillis : List.of(350L, 351L)) {
            var trial = trialWith(Map.of("safety_margin", "0.5"));
            trial.arrive(aRequest(0).dueMillis(500), aRequest(1).atMillis(340).dueMillis(5_000));
            List<Long> order = nowMillis == 350 ? List.of(0L, 1L) : List.of(1L, 0L);
            assertThat(trial.atMillis(nowMillis).decide()).as("at %s ms", nowMillis).isEqualTo(order);
        }
        var trial = trialWith(Map.of("safety_margin", "0.5", "default_deadline_ms", "500"));
        trial.arrive(aRequest(0), aRequest(1).dueMillis(551));
        assertThat(trial.decide()).as("latest starts 400 and 401").containsExactly(0L, 1L);
    }

    @Test
    void lateRequestsWaitForEveryFeasibleOneAndThenGoByPriorityAndArrival() {
        var trial = trialWith(Map.of(), anEngine("a").maxConcurrent(1));
        trial.arrive(
                aRequest(0).dueMillis(150).priority(Priority.LOW),
                aRequest(1).dueMillis(150).priority(Priority.NORMAL),
                aRequest(2).dueMillis(150).priority(Priority.HIGH),
                aRequest(3).dueMillis(150).priority(Priority.HIGH));
        assertThat(trial.atMillis(1_000).decide()).containsExactly(2L);
        trial.arrive(aRequest(4).atMillis(1_000).dueMillis(9_000).priority(Priority.BACKGROUND));
        assertThat(trial.endAll().decide()).containsExactly(4L);
        assertThat(trial.endAll().decide()).containsExactly(3L);
        assertThat(trial.endAll().decide()).containsExactly(1L);
        assertThat(trial.endAll().decide()).containsExactly(0L);
    }

    @Test
    void aLateRequestRunsWhereNoFeasibleOneCan() {
        var trial = trialWith(Map.of(), anEngine("m").maxConcurrent(1).answers(aRequest(9)), anEngine("n").models("n"));
        trial.arrive(aRequest(0).dueMillis(90_000), aRequest(1).dueMillis(100).model("n"));
        assertThat(trial.atMillis(1_000).decide()).containsExactly(1L);
    }

    @Test
    void theOrderDoesNotChangeWhileTimePasses() {
        var chance = new SplittableRandom(3);
        var requests = new WaitingBuilder[100];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = aRequest(i).dueMillis(chance.nextLong(400_000, 500_000)).serviceMillis(chance.nextLong(100), chance.nextLong(1_000));
        }
        List<Long> early = trialWith(Map.of()).arrive(requests).decide();
        List<Long> later = trialWith(Map.of()).arrive(requests).atMillis(390_000).decide();
        assertThat(later).isEqualTo(early).hasSize(100);
    }

    @Test
    void aRequestWithoutDeadlineIsServedAfterItsDefaultDeadlineAtTheLatest() {
        var trial = trialWith(Map.of(), anEngine("a").maxConcurrent(1));
        trial.arrive(aRequest(0));
        long millis = 0;
        for (int i = 1; trial.waiting().contains(aRequest(0).build()); i++) {
            trial.arrive(aRequest(i).atMillis(millis).dueMillis(1_000));
            trial.endAll().atMillis(millis).decide();
            millis += 100;
            assertThat(millis).isLessThan(31_000);
        }
        assertThat(millis).isGreaterThan(28_000);
    }

    @Test
    void spreadTakesTheEngineWithTheMostRoomAndPackTheOneWithTheLeast() {
        assertThat(engineFor(Map.of("slo_pick", "spread"), aRequest(0).dueMillis(1_000))).isEqualTo("idle");
        assertThat(engineFor(Map.of("slo_pick", "pack"), aRequest(0).dueMillis(1_000))).isEqualTo("busy");
        assertThat(engineFor(Map.of("slo_pick", "pack"), aRequest(0).dueMillis(300).serviceMillis(1, 1)))
                .as("the busy one would miss it")
                .isEqualTo("idle");
    }

    @Test
    void whenNoEngineKeepsThePromiseTheQuickestTakesIt() {
        assertThat(engineFor(Map.of("late_policy", "run"), aRequest(0).dueMillis(5))).isEqualTo("idle");
    }

    @Test
    void aPromisePerTokenCountsToo() {
        var perToken = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(20)));
        var trial = trialWith(Map.of(), anEngine("quick start").predicting(1, 30), anEngine("quick tokens").predicting(400, 10));
        trial.arrive(aRequest(0).promised(perToken));
        trial.decide();
        assertThat(trial.engines()).containsExactly("quick tokens");
    }

    /// The busy engine is predicted to start after 400 ms, the idle one after 10 ms.
    private static String engineFor(Map<String, String> parameters, WaitingBuilder request) {
        var trial = trialWith(parameters, anEngine("busy").predicting(400, 1), anEngine("idle").predicting(10, 1));
        trial.arrive(request);
        trial.decide();
        return trial.engines().getFirst();
    }

    private static PolicyTrial trialWith(Map<String, String> parameters, FakeEngine... engines) {
        FakeEngine[] pool = engines.length > 0 ? engines : new FakeEngine[] {anEngine("a").maxConcurrent(1_000).kvTokens(1_000_000)};
        var withoutMargin = new HashMap<>(Map.of("safety_margin", "0"));
        withoutMargin.putAll(parameters);
        return new PolicyTrial(sloAware(withoutMargin, new SplittableRandom(1)), aPoolOf(pool));
    }
}
