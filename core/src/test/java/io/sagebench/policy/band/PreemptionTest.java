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

import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.request.RequestType;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// `priority` with `preemption = on`.
class PreemptionTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return PriorityPolicyTest.priority(Map.of("preemption", "on"));
    }

    @Test
    void backgroundWorkThatHasNotAnsweredGivesWayFirstThenLow() {
        var trial = trialOn(anEngine("a").maxConcurrent(2).runs(aRequest(100).priority(BACKGROUND)).runs(aRequest(101).priority(LOW)));
        trial.arrive(aRequest(102).priority(NORMAL), aRequest(103).priority(HIGH));
        assertThat(trial.decide()).containsExactly(103L, 102L);
        assertThat(trial.endAll().decide()).as("what gave way waits again").containsExactly(101L, 100L);
    }

    @Test
    void theNewestGivesWayFirst() {
        var trial = trialOn(anEngine("a").maxConcurrent(2));
        trial.arrive(aRequest(1).priority(LOW), aRequest(2).priority(LOW));
        trial.decide();
        trial.arrive(aRequest(3).priority(HIGH));
        assertThat(trial.decide()).containsExactly(3L);
        assertThat(trial.endAll().decide()).containsExactly(2L);
    }

    @Test
    void workThatHasAnsweredNormalWorkAndEquallyUrgentWorkStays() {
        var trial = trialOn(anEngine("a")
                .maxConcurrent(3)
                .answers(aRequest(100).priority(BACKGROUND))
                .runs(aRequest(101).priority(NORMAL))
                .runs(aRequest(102).priority(LOW)));
        trial.arrive(aRequest(103).priority(LOW));
        assertThat(trial.decide()).isEmpty();
        trial.endAll();
        var critical = trialOn(anEngine("b").maxConcurrent(1).runs(aRequest(100).priority(NORMAL)));
        critical.arrive(aRequest(101).priority(CRITICAL));
        assertThat(critical.decide()).isEmpty();
    }

    @Test
    void whileAnEngineOfTheModelHasRoomNobodyGivesWay() {
        var trial = trialOn(anEngine("a").maxConcurrent(1).runs(aRequest(100).priority(BACKGROUND)), anEngine("b"));
        trial.arrive(aRequest(101).priority(HIGH));
        trial.decide();
        assertThat(trial.engines()).containsExactly("b");
    }

    @Test
    void nobodyGivesWayWhereTheUrgentRequestCanNeverRun() {
        var trial = trialOn(
                anEngine("large").maxConcurrent(1).kvTokens(10_000).answers(aRequest(100)),
                anEngine("small").maxConcurrent(1).kvTokens(100).runs(aRequest(101).priority(LOW)));
        trial.arrive(aRequest(102).priority(HIGH).tokens(500, 500));
        assertThat(trial.decide()).isEmpty();
    }

    @Test
    void nobodyGivesWayWhenTheUrgentRequestWouldNotFitEvenThen() {
        var trial = trialOn(anEngine("a")
                .maxConcurrent(2)
                .answers(aRequest(100).tokens(400, 450))
                .runs(aRequest(101).priority(LOW).tokens(50, 50)));
        trial.arrive(aRequest(102).priority(HIGH).tokens(100, 100));
        assertThat(trial.decide()).isEmpty();
    }

    /// Three texts need three places. Otherwise the one would give way and take its place again without end.
    @Test
    void textsGiveWayWhereTheyLeavePlacesEnough() {
        var small = aRequest(100).embedding(10).priority(LOW);
        var large = aRequest(101).embedding(10, 10, 10).priority(LOW);
        var urgent = aRequest(102).embedding(10, 10, 10).priority(HIGH);
        FakeEngine embedder = anEngine("a").types(RequestType.EMBEDDING).maxConcurrent(4);
        var trial = trialOn(embedder.runs(large).runs(small));
        trial.arrive(urgent);
        assertThat(trial.decide()).as("the newer one leaves too few").containsExactly(102L);
        assertThat(trial.waiting()).containsExactly(large.build());

        var onlySmall = trialOn(anEngine("a").types(RequestType.EMBEDDING).maxConcurrent(2).runs(small).runs(aRequest(99).embedding(10)));
        onlySmall.arrive(urgent);
        assertThat(onlySmall.decide()).isEmpty();
        assertThat(onlySmall.waiting()).containsExactly(urgent.build());
    }

    @Test
    void whatHasRisenAboveTheUrgentRequestDoesNotGiveWayToIt() {
        var trial = trialOn(anEngine("a").maxConcurrent(1));
        trial.arrive(aRequest(0).priority(BACKGROUND));
        trial.atMillis(50_000).decide();
        trial.arrive(aRequest(1).priority(NORMAL).atMillis(50_000));
        assertThat(trial.decide()).isEmpty();
        assertThat(trial.waiting()).containsExactly(aRequest(1).atMillis(50_000).build());
    }

    private PolicyTrial trialOn(FakeEngine... engines) {
        return new PolicyTrial(create(new java.util.SplittableRandom(1)), aPoolOf(engines));
    }
}
