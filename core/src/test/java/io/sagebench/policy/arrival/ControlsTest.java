package io.sagebench.policy.arrival;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.request.Priority;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ControlsTest {
    private static final List<PolicyFactory> CONTROLS = List.of(new TwoChoices(), new Rotation(), new Lottery());

    private static Policy create(PolicyFactory factory, RandomGenerator chance) {
        return factory.create(PolicyParameters.of(factory, Map.of()), new PolicyContext(chance, Policies.installed()));
    }

    @Nested
    class TheBetterOfTwo implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return ControlsTest.create(new TwoChoices(), chance);
        }
    }

    @Nested
    class OneAfterAnother implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return ControlsTest.create(new Rotation(), chance);
        }
    }

    @Nested
    class AnyEngine implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return ControlsTest.create(new Lottery(), chance);
        }
    }

    @Test
    void serveInTheOrderOfArrival() {
        for (PolicyFactory control : CONTROLS) {
            var trial = new PolicyTrial(create(control, new SplittableRandom(1)), aPoolOf(anEngine("a"), anEngine("b")));
            trial.arrive(aRequest(3), aRequest(1).priority(Priority.LOW), aRequest(2).priority(Priority.CRITICAL));
            assertThat(trial.decide()).as(control.name()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void onlyTheBetterOfTwoAvoidsTheFullestEngine() {
        for (PolicyFactory control : CONTROLS) {
            var trial = new PolicyTrial(
                    create(control, new SplittableRandom(1)),
                    aPoolOf(
                            anEngine("a").maxConcurrent(99).kvTokens(9_999),
                            anEngine("worst").extraWork(1_000_000).maxConcurrent(99).kvTokens(9_999),
                            anEngine("b").maxConcurrent(99).kvTokens(9_999)));
            for (int i = 0; i < 90; i++) {
                trial.arrive(aRequest(i));
            }
            trial.decide();
            int toTheWorst = Collections.frequency(trial.engines(), "worst");
            switch (control.name()) {
                case "p2c" -> assertThat(toTheWorst).isZero();
                case "round_robin" -> assertThat(toTheWorst).isEqualTo(30);
                default -> assertThat(toTheWorst).isBetween(20, 40);
            }
        }
    }
}
