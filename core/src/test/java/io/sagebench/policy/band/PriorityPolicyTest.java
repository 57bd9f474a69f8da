package io.sagebench.policy.band;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static io.sagebench.request.Priority.BACKGROUND;
import static io.sagebench.request.Priority.CRITICAL;
import static io.sagebench.request.Priority.HIGH;
import static io.sagebench.request.Priority.LOW;
import static io.sagebench.request.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Decision;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityPolicyTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return priority(Map.of());
    }

    @Nested
    class WithFairness implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return priority(Map.of("fairness", "vtc"));
        }
    }

    /// Each dispatch counts 10: after CRITICAL a has 10, so b is first in HIGH; then equal, and a came first; then a again, the only one left. In
    /// NORMAL b has 10 and a 30.
    @Test
    void withFairnessTenantsTakeTurnsWithinABandOnly() {
        var trial = new PolicyTrial(priority(Map.of("fairness", "vtc")), aPoolOf(anEngine("a").maxConcurrent(20)));
        trial.arrive(
                aRequest(0).priority(HIGH).tenant("a"),
                aRequest(1).priority(HIGH).tenant("a"),
                aRequest(2).priority(HIGH).tenant("b"),
                aRequest(3).priority(NORMAL).tenant("a"),
                aRequest(4).priority(NORMAL).tenant("b"),
                aRequest(5).priority(CRITICAL).tenant("a"));
        assertThat(trial.decide()).containsExactly(5L, 2L, 0L, 1L, 4L, 3L);
        assertThat(priority(Map.of("fairness", "vtc")).wantsEachToken()).isTrue();
        assertThat(priority(Map.of()).wantsEachToken()).isFalse();
    }

    @Test
    void withFairnessRequestsStillRise() {
        var engine = anEngine("a").maxConcurrent(1).answers(aRequest(100));
        var trial = new PolicyTrial(priority(Map.of("fairness", "vtc")), aPoolOf(engine));
        trial.arrive(aRequest(0).priority(LOW).tenant("a"));
        trial.decide();
        trial.arrive(aRequest(1).priority(NORMAL).tenant("b").atMillis(20_000));
        assertThat(trial.endAll().atMillis(20_000).decide()).containsExactly(0L);
    }

    static Policy priority(Map<String, String> parameters) {
        var factory = new PriorityBands();
        return factory.create(PolicyParameters.of(factory, parameters), new PolicyContext(new SplittableRandom(1), Policies.installed()));
    }

    @Test
    void servesBandsInOrderAndWithinABandInTheOrderOfArrival() {
        var trial = trialOn(anEngine("a").maxConcurrent(10));
        trial.arrive(
                aRequest(0).priority(BACKGROUND),
                aRequest(1).priority(LOW),
                aRequest(2).priority(NORMAL),
                aRequest(3).priority(HIGH),
                aRequest(4).priority(CRITICAL),
                aRequest(5).priority(HIGH),
                aRequest(6).priority(NORMAL));
        assertThat(trial.decide()).containsExactly(4L, 3L, 5L, 2L, 6L, 1L, 0L);
    }

    @ParameterizedTest
    @CsvSource({"9999, 2", "10000, 1", "19999, 1", "20000, 0"})
    void aLowRequestRisesABandForEachTenSecondsItHasWaited(long waitedMillis, int place) {
        var trial = busyTrial();
        trial.arrive(aRequest(0).priority(LOW));
        trial.decide();
        trial.arrive(aRequest(1).priority(HIGH).atMillis(waitedMillis), aRequest(2).priority(NORMAL).atMillis(waitedMillis));
        assertThat(trial.endAll().atMillis(waitedMillis).decide().indexOf(0L)).isEqualTo(place);
    }

    @Test
    void noRisenRequestOvertakesACriticalOne() {
        var trial = busyTrial();
        trial.arrive(aRequest(0).priority(BACKGROUND), aRequest(1).priority(HIGH));
        trial.decide();
        trial.arrive(aRequest(2).priority(CRITICAL).atMillis(1_000_000));
        assertThat(trial.endAll().atMillis(1_000_000).decide()).containsExactly(2L, 0L, 1L);
    }

    @Test
    void withoutAgingNothingRises() {
        var trial = new PolicyTrial(priority(Map.of("aging_ms", "0")), aPoolOf(anEngine("a")));
        trial.arrive(aRequest(0).priority(BACKGROUND), aRequest(1).priority(LOW).atMillis(900_000));
        assertThat(trial.atMillis(1_000_000_000).decide()).containsExactly(1L, 0L);
    }

    @Test
    void holdsOnlyUntilTheNextRequestRises() {
        Policy policy = priority(Map.of());
        policy.arrived(aRequest(0).priority(LOW).atMillis(3_000).build());
        var pool = aPoolOf(anEngine("a").maxConcurrent(1).answers(aRequest(9))).atMillis(4_000);
        assertThat(policy.next(pool)).isEqualTo(new Decision.Hold(13_000_000_000L));
        assertThat(policy.next(pool.atMillis(13_000))).isEqualTo(new Decision.Hold(23_000_000_000L));
    }

    @Test
    void choosesTheEngineWithTheLeastPredictedTtft() {
        var trial = trialOn(anEngine("slow").predicting(30, 1), anEngine("quick").predicting(5, 1), anEngine("middle").predicting(9, 1));
        trial.arrive(aRequest(0).priority(LOW));
        trial.decide();
        assertThat(trial.engines()).containsExactly("quick");
    }

    @Test
    void amongEquallyQuickEnginesTheOneThatWasSentTheFewestGetsIt() {
        var trial = trialOn(anEngine("a"), anEngine("b"));
        for (int i = 0; i < 4; i++) {
            trial.arrive(aRequest(i));
            trial.decide();
            trial.endAll();
        }
        assertThat(trial.engines()).containsExactly("a", "b", "a", "b");
    }

    @Test
    void anEngineWithCriticalWorkKeepsHeadroomFromLowerBandsOnly() {
        // 1,000 tokens of cache, 15 % of it kept: 850 for lower bands. 800 are taken.
        var trial = trialOn(anEngine("a").runs(aRequest(100).priority(CRITICAL).tokens(400, 400)));
        trial.arrive(aRequest(0).priority(HIGH).tokens(30, 30));
        assertThat(trial.decide()).as("860 would be taken").isEmpty();
        trial.arrive(aRequest(1).priority(CRITICAL).tokens(60, 60));
        assertThat(trial.decide()).containsExactly(1L);
        assertThat(trial.endAll().decide()).as("without critical work all of the cache is for all").containsExactly(0L);
    }

    @Test
    void aRequestHeldBackForHeadroomDoesNotHoldUpAnotherModel() {
        var trial = trialOn(
                anEngine("a").models("m").runs(aRequest(100).priority(CRITICAL).tokens(400, 400)),
                anEngine("b").models("n"));
        trial.arrive(aRequest(0).priority(HIGH).tokens(30, 30), aRequest(1).priority(LOW).model("n"));
        assertThat(trial.decide()).containsExactly(1L);
    }

    @Test
    void aRequestHeldBackOnOneEngineGoesToAnother() {
        var trial = trialOn(
                anEngine("kept").predicting(1, 1).runs(aRequest(100).priority(CRITICAL).tokens(400, 400)),
                anEngine("free").predicting(50, 1));
        trial.arrive(aRequest(0).priority(HIGH).tokens(30, 30));
        trial.decide();
        assertThat(trial.engines()).containsExactly("free");
    }

    @Test
    void aFullQueueDisplacesTheNewestOfTheLowestBandForAnArrivalThatOutranksIt() {
        Policy policy = priority(Map.of());
        policy.arrived(aRequest(0).priority(LOW).build());
        policy.arrived(aRequest(1).priority(LOW).build());
        policy.arrived(aRequest(2).priority(NORMAL).build());
        assertThat(policy.displacedBy(aRequest(3).priority(NORMAL).build())).contains(aRequest(1).priority(LOW).build());
        assertThat(policy.displacedBy(aRequest(3).priority(LOW).build())).as("no better").isEmpty();
        policy.withdrawn(aRequest(0).priority(LOW).build());
        policy.withdrawn(aRequest(1).priority(LOW).build());
        assertThat(policy.displacedBy(aRequest(3).priority(HIGH).build())).contains(aRequest(2).build());
    }

    private static PolicyTrial trialOn(FakeEngine... engines) {
        return new PolicyTrial(priority(Map.of()), aPoolOf(engines));
    }

    /// One engine, full until everything on it ends; then it has room for all.
    private static PolicyTrial busyTrial() {
        var engine = anEngine("a").maxConcurrent(4);
        for (int i = 0; i < 4; i++) {
            engine.answers(aRequest(100 + i));
        }
        return trialOn(engine);
    }
}
