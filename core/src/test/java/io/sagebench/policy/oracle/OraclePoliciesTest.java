package io.sagebench.policy.oracle;

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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OraclePoliciesTest {

    private static Policy create(PolicyFactory factory, RandomGenerator chance) {
        return factory.create(PolicyParameters.of(factory, Map.of()), new PolicyContext(chance, Policies.installed()));
    }

    @Nested
    class Slo implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return OraclePoliciesTest.create(new OracleSlo(), chance);
        }
    }

    @Nested
    class Sjf implements PolicyContract {
        @Override
        public Policy create(RandomGenerator chance) {
            return OraclePoliciesTest.create(new OracleSjf(), chance);
        }
    }

    @Test
    void areCeilingsAndSaySo() {
        for (PolicyFactory oracle : new PolicyFactory[] {new OracleSlo(), new OracleSjf()}) {
            assertThat(oracle.isCeiling()).isTrue();
            assertThat(oracle.rule()).startsWith("ceiling");
            assertThat(oracle.explanation()).startsWith("A ceiling").contains("announces how long each answer will");
        }
    }

    @Test
    void sjfServesTheLeastWorkFirstHoweverLongOthersWait() {
        var trial = new PolicyTrial(create(new OracleSjf(), new SplittableRandom(1)), aPoolOf(anEngine("a")));
        trial.arrive(
                aRequest(0).serviceMillis(10, 90),
                aRequest(1).serviceMillis(10, 20),
                aRequest(2).atMillis(900_000).serviceMillis(5, 5));
        assertThat(trial.atMillis(900_000).decide()).containsExactly(2L, 1L, 0L);
    }

    @Test
    void sloServesWhatMustStartFirstAndTheHopelessLast() {
        var trial = new PolicyTrial(create(new OracleSlo(), new SplittableRandom(1)), aPoolOf(anEngine("a")));
        // latest starts without margin: 4,900, 1,650, 50
        trial.arrive(
                aRequest(0).dueMillis(5_000).serviceMillis(10, 90),
                aRequest(1).dueMillis(2_000).serviceMillis(10, 340),
                aRequest(2).dueMillis(150).serviceMillis(10, 90));
        assertThat(trial.atMillis(60).decide()).containsExactly(1L, 0L, 2L);
    }
}
