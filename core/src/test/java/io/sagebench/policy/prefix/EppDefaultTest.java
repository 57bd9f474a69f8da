package io.sagebench.policy.prefix;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.PromptContent;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.WaitingBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EppDefaultTest implements PolicyContract {
    private static final EppDefault FACTORY = new EppDefault();

    @Override
    public Policy create(RandomGenerator chance) {
        return create(Map.of(), chance);
    }

    private static Policy create(Map<String, String> given, RandomGenerator chance) {
        return FACTORY.create(PolicyParameters.of(FACTORY, given), new PolicyContext(chance, Policies.installed()));
    }

    @Test
    void aCachedPromptOutweighsAQueueButNotAQueueAndAFullCache() {
        // warm: prefix 3, queue 0 of 2, 2 x (1 - 110/1,000 - x); cold: queue 2, cache 2.
        assertThat(second(anEngine("warm").kvTokens(1_000))).isEqualTo("warm"); // 3 + 0 + 1.78 against 0 + 2 + 2
        assertThat(second(anEngine("warm").kvTokens(1_000).runs(aRequest(9).tokens(500, 100)))).isEqualTo("cold"); // 3 + 0 + 0.58 against 4
    }

    @Test
    void weightsCanBeChanged() {
        var trial = new PolicyTrial(
                create(Map.of("prefix_weight", "0"), new SplittableRandom(1)), aPoolOf(anEngine("warm"), anEngine("cold")));
        trial.arrive(saying(0).notOn("cold"), saying(1));
        trial.decide();
        assertThat(trial.engines()).containsExactly("warm", "cold");
    }

    /// Where the second of two like prompts goes when the first went to `warm`.
    private static String second(FakeEngine warm) {
        var trial = new PolicyTrial(create(Map.of(), new SplittableRandom(1)), aPoolOf(warm, anEngine("cold")));
        trial.arrive(saying(0).notOn("cold"), saying(1));
        trial.decide();
        return trial.engines().getLast();
    }

    private static WaitingBuilder saying(long sequence) {
        int[] tokens = new int[100];
        Arrays.setAll(tokens, i -> i);
        return aRequest(sequence).tokens(100, 10).saying(PromptContent.ofTokens(tokens));
    }
}
