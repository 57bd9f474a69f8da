package io.sagebench.policy.arrival;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.request.Priority;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FifoTest implements PolicyContract {

    @Override
    public Policy create(RandomGenerator chance) {
        return fifo("least_work", chance);
    }

    private static Policy fifo(String placement, RandomGenerator chance) {
        var factory = new Fifo();
        return factory.create(PolicyParameters.of(factory, Map.of("placement", placement)), new PolicyContext(chance, Policies.installed()));
    }

    @Test
    void servesInTheOrderOfArrivalWhateverPriorityOrDeadline() {
        var trial = trialOn(anEngine("a"));
        trial.arrive(
                aRequest(0).priority(Priority.BACKGROUND),
                aRequest(1).priority(Priority.CRITICAL),
                aRequest(2).dueMillis(1),
                aRequest(3));
        assertThat(trial.decide()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aRequestThatComesBackKeepsItsPlace() {
        var trial = trialOn(anEngine("a"));
        trial.arrive(aRequest(5), aRequest(6), aRequest(2));
        assertThat(trial.decide()).containsExactly(2L, 5L, 6L);
    }

    @Test
    void servesTheEarliestHeadOfAllModels() {
        var trial = trialOn(anEngine("a").models("m", "n").maxConcurrent(10));
        trial.arrive(aRequest(0).model("n"), aRequest(1).model("m"), aRequest(2).model("n"), aRequest(3).model("default"));
        assertThat(trial.decide()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void choosesTheEngineWithTheLeastOutstandingWork() {
        // Each request is 10 prompt tokens and 10 output tokens of double weight: 30.
        var trial = trialOn(
                anEngine("a").extraWork(65).maxConcurrent(9),
                anEngine("b").extraWork(20).maxConcurrent(9),
                anEngine("c").extraWork(40).maxConcurrent(9));
        trial.arrive(aRequest(0), aRequest(1), aRequest(2), aRequest(3));
        trial.decide();
        assertThat(trial.engines()).containsExactly("b", "c", "b", "a"); // b 50, c 70, b 80, a 95
    }

    @Test
    void outputTokensWeighTwice() {
        var trial = trialOn(anEngine("prompts").runs(aRequest(100).tokens(100, 1)), anEngine("outputs").runs(aRequest(101).tokens(1, 52)));
        trial.arrive(aRequest(0));
        trial.decide();
        assertThat(trial.engines()).as("102 against 105").containsExactly("prompts");
    }

    @Test
    void amongEqualEnginesItGoesRound() {
        var trial = trialOn(anEngine("a"), anEngine("b"), anEngine("c"));
        for (int i = 0; i < 4; i++) {
            trial.arrive(aRequest(i));
            trial.decide();
            trial.endAll();
        }
        assertThat(trial.engines()).containsExactly("a", "b", "c", "a");
    }

    @Test
    void roundRobinLooksAtNoLoad() {
        var trial = new PolicyTrial(
                fifo("round_robin", new java.util.SplittableRandom(1)), aPoolOf(anEngine("a").extraWork(999), anEngine("b")));
        trial.arrive(aRequest(0), aRequest(1), aRequest(2));
        trial.decide();
        assertThat(trial.engines()).containsExactly("a", "b", "a");
    }

    @Test
    void powerOfTwoNeverChoosesTheMostLoadedOfThree() {
        var trial = new PolicyTrial(
                fifo("p2c", new java.util.SplittableRandom(1)),
                aPoolOf(
                        anEngine("a").maxConcurrent(99).kvTokens(9_999),
                        anEngine("worst").extraWork(1_000_000).maxConcurrent(99),
                        anEngine("b").maxConcurrent(99).kvTokens(9_999)));
        for (int i = 0; i < 60; i++) {
            trial.arrive(aRequest(i));
        }
        trial.decide();
        assertThat(trial.engines()).contains("a", "b").doesNotContain("worst");
    }

    private PolicyTrial trialOn(io.sagebench.policy.FakeEngine... engines) {
        return new PolicyTrial(create(new java.util.SplittableRandom(1)), aPoolOf(engines));
    }
}
