package io.sagebench.policy.hybrid;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static io.sagebench.request.RequestType.EMBEDDING;
import static io.sagebench.request.RequestType.LLM_CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.policy.Decision;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.policy.Waiting;
import io.sagebench.policy.WaitingBuilder;
import io.sagebench.request.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random loads of prompts and texts on engines of all kinds. [PolicyTrial] checks that every decision can be carried out.
class HybridPropertiesTest {
    private static final List<Priority> PRIORITIES = List.of(Priority.values());
    private static final List<String> PRECEDENCES = List.of("high", "normal", "low", "adaptive");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostAndNoBatchIsOverItsLimits(long seed) {
        for (PolicyFactory factory : List.of(new Hybrid(), new HybridSlo())) {
            PolicyTrial trial = afterRandomLoad(factory, seed, true);
            assertThat(trial.waiting().stream().map(Waiting::sequence).toList()).isEmpty();
            assertThat(trial.decided()).hasSizeGreaterThan(100);
            int together = 0;
            for (Decision decision : trial.decided()) {
                if (decision instanceof Decision.DispatchTogether(List<Waiting> requests, var _)) {
                    together++;
                    assertThat(requests.stream().mapToInt(request -> request.ask().textCount()).sum()).isLessThanOrEqualTo(8);
                    assertThat(requests.stream().map(Flow.Key::of).distinct()).hasSize(1);
                }
            }
            assertThat(together).as("batches of several requests").isGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void withoutPromisesHybridSloDecidesAsHybrid(long seed) {
        assertThat(afterRandomLoad(new HybridSlo(), seed, false).decided())
                .isEqualTo(afterRandomLoad(new Hybrid(), seed, false).decided());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameEventsGiveTheSameDecisions(long seed) {
        assertThat(afterRandomLoad(new HybridSlo(), seed, true).decided())
                .isEqualTo(afterRandomLoad(new HybridSlo(), seed, true).decided());
    }

    private static PolicyTrial afterRandomLoad(PolicyFactory factory, long seed, boolean promises) {
        var chance = new SplittableRandom(seed);
        Policy policy = Hybrids.policy(
                factory,
                new SplittableRandom(seed + 100),
                "embedding_batch_size", "8",
                "embedding_priority", PRECEDENCES.get((int) (seed % 4)),
                "llm_fallback_policy", "slo_aware");
        var trial = new PolicyTrial(
                policy,
                aPoolOf(
                        anEngine("llm").models("m").maxConcurrent(3).kvTokens(300),
                        anEngine("mixed").models("m", "n").types(LLM_CHAT, EMBEDDING).maxConcurrent(6).kvTokens(200),
                        anEngine("embed").models("n").types(EMBEDDING).maxConcurrent(10),
                        anEngine("mixed too").models("m").types(LLM_CHAT, EMBEDDING).maxConcurrent(4)));
        long millis = 0;
        for (int i = 0; i < 800; i++) {
            millis += chance.nextInt(60);
            trial.atMillis(millis);
            switch (chance.nextInt(8)) {
                case 0, 1, 2, 3 -> trial.arrive(randomRequest(i, millis, chance, promises));
                case 4 -> {
                    var waiting = List.copyOf(trial.waiting());
                    if (!waiting.isEmpty()) {
                        trial.withdraw(waiting.get(chance.nextInt(waiting.size())));
                    }
                }
                default -> trial.endSome(chance);
            }
            trial.decide();
        }
        for (int i = 0; i < 800 && !trial.waiting().isEmpty(); i++) {
            millis += 100;
            trial.atMillis(millis).endAll().decide();
        }
        return trial;
    }

    private static WaitingBuilder randomRequest(int sequence, long millis, SplittableRandom chance, boolean promises) {
        WaitingBuilder request = aRequest(sequence)
                .atMillis(millis)
                .priority(PRIORITIES.get(chance.nextInt(PRIORITIES.size())))
                .model(chance.nextInt(3) == 0 ? "n" : "m")
                .tokens(chance.nextInt(1, 60), chance.nextInt(1, 20))
                .serviceMillis(chance.nextInt(1, 40), chance.nextInt(1, 200));
        if (chance.nextInt(3) > 0) {
            var tokens = new Integer[chance.nextInt(1, 5)];
            Arrays.setAll(tokens, _ -> chance.nextInt(1, 50));
            request.embedding(tokens);
        }
        boolean promised = chance.nextBoolean();
        long dueMillis = chance.nextLong(30, 2_000);
        return promised && promises ? request.dueMillis(dueMillis) : request;
    }
}
