package io.sagebench.policy.size;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Requests take 100 ms unless a test says otherwise.
class ShortestFirstPolicyTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return shortestFirst(Map.of(), chance);
    }

    @Nested
    class WithoutAging implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return shortestFirst(Map.of("aging", "0", "max_wait_ms", "2000"), chance);
        }
    }

    private static Policy shortestFirst(Map<String, String> parameters, RandomGenerator chance) {
        var factory = new ShortestFirst();
        return factory.create(PolicyParameters.of(factory, parameters), new PolicyContext(chance, Policies.installed()));
    }

    @Test
    void servesTheShortestPredictedWorkFirst() {
        var trial = trial(Map.of(), 10);
        trial.arrive(
                aRequest(0).serviceMillis(10, 500),
                aRequest(1).serviceMillis(10, 20),
                aRequest(2).serviceMillis(200, 5),
                aRequest(3).serviceMillis(10, 20));
        assertThat(trial.decide()).containsExactly(1L, 3L, 2L, 0L);
    }

    /// With 0.5 a second of waiting makes up for half a second of work: 900 ms at 0 are as good as 400 ms at 1,000.
    @Test
    void waitingMakesUpForWork() {
        for (long shortMillis : List.of(399L, 401L)) {
            var trial = trial(Map.of("aging", "0.5"), 10);
            trial.arrive(aRequest(0).serviceMillis(0, 900), aRequest(1).atMillis(1_000).serviceMillis(0, shortMillis));
            List<Long> order = shortMillis == 399 ? List.of(1L, 0L) : List.of(0L, 1L);
            assertThat(trial.atMillis(1_000).decide()).isEqualTo(order);
        }
    }

    @Test
    void theOrderDoesNotChangeWhileTimePasses() {
        var chance = new SplittableRandom(1);
        var early = trial(Map.of(), 200);
        var later = trial(Map.of(), 200);
        for (int i = 0; i < 100; i++) {
            long at = chance.nextLong(2_000);
            long work = chance.nextLong(1, 1_000);
            early.arrive(aRequest(i).atMillis(at).serviceMillis(0, work));
            later.arrive(aRequest(i).atMillis(at).serviceMillis(0, work));
        }
        assertThat(later.atMillis(25_000).decide()).isEqualTo(early.atMillis(2_000).decide()).hasSize(100);
    }

    /// Short requests come faster than the engine serves them.
    @Test
    void aLongRequestWaitsNoLongerThanTheLimit() {
        for (long limitMillis : List.of(3_000L, 9_000L)) {
            var trial = trial(Map.of("aging", "0", "max_wait_ms", "" + limitMillis), 1);
            var huge = aRequest(0).serviceMillis(0, 100_000);
            trial.arrive(huge);
            long millis = 0;
            for (int i = 1; trial.waiting().contains(huge.build()); i++) {
                trial.arrive(aRequest(2L * i).atMillis(millis), aRequest(2L * i + 1).atMillis(millis));
                trial.endAll().atMillis(millis).decide();
                millis += 100;
                assertThat(millis).isLessThanOrEqualTo(limitMillis + 200);
            }
            assertThat(millis).as("and not long before").isGreaterThan(limitMillis - 200);
        }
    }

    @Test
    void thoseThatWaitedTooLongGoInTheOrderOfArrival() {
        var trial = trial(Map.of("max_wait_ms", "1000"), 10);
        trial.arrive(
                aRequest(0).serviceMillis(0, 900),
                aRequest(1).atMillis(10).serviceMillis(0, 5),
                aRequest(2).atMillis(600).serviceMillis(0, 1));
        assertThat(trial.atMillis(1_100).decide()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void holdsUntilTheNextPromotion() {
        Policy policy = shortestFirst(Map.of("max_wait_ms", "1000"), new SplittableRandom(1));
        policy.arrived(aRequest(0).atMillis(30).build());
        var full = aPoolOf(anEngine("a").maxConcurrent(1).answers(aRequest(9))).atMillis(40);
        assertThat(policy.next(full)).isEqualTo(new Decision.Hold(1_030_000_000));
        assertThat(policy.next(full.atMillis(1_030))).isEqualTo(Decision.Hold.UNTIL_AN_EVENT);
        assertThat(policy.figures()).containsEntry("promotions", 1.0);
    }

    private static PolicyTrial trial(Map<String, String> parameters, int places) {
        return new PolicyTrial(
                shortestFirst(parameters, new SplittableRandom(1)), aPoolOf(anEngine("a").maxConcurrent(places).kvTokens(100_000)));
    }
}
