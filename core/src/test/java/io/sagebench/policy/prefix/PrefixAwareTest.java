package io.sagebench.policy.prefix;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.PromptContent;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.RequestType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PrefixAwareTest implements PolicyContract {
    private static final PrefixAware FACTORY = new PrefixAware();

    @Override
    public Policy create(RandomGenerator chance) {
        return create(Map.of(), chance);
    }

    private static Policy create(Map<String, String> given, RandomGenerator chance) {
        return FACTORY.create(PolicyParameters.of(FACTORY, given), new PolicyContext(chance, Policies.installed()));
    }

    @Test
    void promptsThatBeginAlikeGoToTheEngineThatHasThem() {
        assertThat(engines(Map.of("exploration", "0"), anEngine("a"), anEngine("b"), anEngine("c"))).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    @Test
    void nowAndThenItLooksElsewhere() {
        assertThat(engines(Map.of("exploration", "0.5"), anEngine("a"), anEngine("b"), anEngine("c")))
                .allSatisfy(several -> assertThat(several).hasSizeGreaterThan(1));
    }

    @Test
    void aFirstTokenThatComesMuchLaterThereBreaksTheBond() {
        // 5,001 ms later on the engine that has it; the fake's prediction grows by 0.1 ms with each prompt token outstanding.
        FakeEngine warm = anEngine("warm").kvTokens(100_000).maxConcurrent(9);
        var trial = new PolicyTrial(create(Map.of("exploration", "0"), new SplittableRandom(1)), aPoolOf(warm, anEngine("cold").maxConcurrent(9)));
        trial.arrive(saying(0, "p").notOn("cold"), saying(1, "p"));
        trial.decide();
        assertThat(trial.engines()).containsExactly("warm", "warm");
        warm.predicting(5_000, 1); // and 20 ms for the 200 prompt tokens there, against 10 ms
        trial.arrive(saying(2, "p"));
        trial.decide();
        assertThat(trial.engines().getLast()).isEqualTo("cold");
    }

    @Test
    void belowTheThresholdLoadDecides() {
        // 4 of the 6 blocks are cached on the loaded engine: 0.67.
        var pool = aPoolOf(anEngine("warm").extraWork(500), anEngine("cold"));
        var trial = new PolicyTrial(create(Map.of("exploration", "0"), new SplittableRandom(1)), pool);
        trial.arrive(saying(0, "p").tokens(64, 10).notOn("cold"), saying(1, "p"));
        trial.decide();
        assertThat(trial.engines()).containsExactly("warm", "cold");
        var lower = new PolicyTrial(
                create(Map.of("exploration", "0", "threshold", "0.6"), new SplittableRandom(1)),
                aPoolOf(anEngine("warm").extraWork(500), anEngine("cold")));
        lower.arrive(saying(0, "p").tokens(64, 10).notOn("cold"), saying(1, "p"));
        lower.decide();
        assertThat(lower.engines()).containsExactly("warm", "warm");
    }

    @Test
    void itNeedsPromptsThatBeginAlike() {
        assertThat(FACTORY.missing(new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 1, false, List.of()))).isPresent();
        assertThat(FACTORY.missing(new Offer(Set.of(RequestType.LLM_CHAT), Set.of("m"), 1, true, List.of()))).isEmpty();
    }

    /// The engines that each of three prompts was sent to, one prompt after another, thirty times.
    private static List<Set<String>> engines(Map<String, String> given, FakeEngine... engines) {
        var trial = new PolicyTrial(create(given, new SplittableRandom(1)), aPoolOf(engines));
        for (int i = 0; i < 90; i++) {
            trial.arrive(saying(i, "prompt " + i % 3));
            trial.decide();
            trial.endAll();
        }
        List<String> all = trial.engines();
        return List.of(everyThird(all, 0), everyThird(all, 1), everyThird(all, 2));
    }

    private static Set<String> everyThird(List<String> all, int from) {
        var found = new java.util.TreeSet<String>();
        for (int i = from; i < all.size(); i += 3) {
            found.add(all.get(i));
        }
        return found;
    }

    private static WaitingBuilder saying(long sequence, String text) {
        int[] tokens = new int[100];
        Arrays.setAll(tokens, i -> text.hashCode() + i);
        return aRequest(sequence).tokens(100, 10).saying(PromptContent.ofTokens(tokens));
    }
}
