package io.sagebench.policy.hybrid;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static io.sagebench.policy.hybrid.Hybrids.aPrompt;
import static io.sagebench.policy.hybrid.Hybrids.aText;
import static io.sagebench.policy.hybrid.Hybrids.calls;
import static io.sagebench.policy.hybrid.Hybrids.hybrid;
import static io.sagebench.policy.hybrid.Hybrids.places;
import static io.sagebench.request.RequestType.EMBEDDING;
import static io.sagebench.request.RequestType.LLM_CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sagebench.engine.EngineTraits;
import io.sagebench.policy.FakeEngine;
import io.sagebench.policy.Offer;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Flush conditions and shares, worked out by hand.
class HybridPolicyTest implements PolicyContract {
    @Override
    public Policy create(RandomGenerator chance) {
        return Hybrids.policy(new Hybrid(), chance);
    }

    /// An engine that only embeds and is busy with a text.
    private static FakeEngine busyEmbedder() {
        return anEngine("e").types(EMBEDDING).maxConcurrent(100).runs(aText(999));
    }

    private static FakeEngine mixed(String name) {
        return anEngine(name).types(EMBEDDING, LLM_CHAT);
    }

    @Test
    void aFullBatchGoesAtOnceAndTheRestWaits() {
        var trial = new PolicyTrial(hybrid("embedding_batch_size", "4"), aPoolOf(busyEmbedder()));
        trial.arrive(aText(0), aText(1), aText(2));
        assertThat(trial.decide()).isEmpty();
        trial.arrive(aText(3), aText(4));
        trial.decide();
        assertThat(calls(trial)).containsExactly(List.of(0L, 1L, 2L, 3L));
    }

    @Test
    void theOldestWaitsNoLongerThanItMay() {
        var trial = new PolicyTrial(hybrid(), aPoolOf(busyEmbedder()));
        trial.arrive(aText(0), aText(1).atMillis(30));
        assertThat(trial.atMillis(30).holdsUntilMillis()).isEqualTo(50);
        assertThat(trial.atMillis(49).decide()).isEmpty();
        trial.atMillis(50).decide();
        assertThat(calls(trial)).containsExactly(List.of(0L, 1L));
    }

    @Test
    void aTokenBudgetFillsABatchToo() {
        var trial = new PolicyTrial(hybrid("embedding_token_budget", "100"), aPoolOf(busyEmbedder()));
        trial.arrive(aRequest(0).embedding(40), aRequest(1).embedding(20, 20), aRequest(2).embedding(40));
        trial.decide();
        assertThat(calls(trial)).as("80 tokens; 120 would be too many").containsExactly(List.of(0L, 1L));
    }

    @Test
    void aTextThatMustStartWaitsForNobody() {
        var trial = new PolicyTrial(hybrid(), aPoolOf(busyEmbedder()));
        trial.arrive(aText(0), aText(1).dueMillis(60)); // 60 ms less 20 ms of service
        assertThat(trial.holdsUntilMillis()).isEqualTo(40);
        assertThat(trial.atMillis(40).decide()).containsExactly(0L, 1L);
    }

    @Test
    void anIdleEngineIsBegunWithTheFewestTextsAllowed() {
        var trial = new PolicyTrial(
                hybrid("min_embedding_batch_size", "3"), aPoolOf(anEngine("e").types(EMBEDDING).maxConcurrent(100)));
        trial.arrive(aText(0), aText(1));
        assertThat(trial.decide()).isEmpty();
        trial.arrive(aText(2));
        assertThat(trial.decide()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aRequestLargerThanABatchGoesByItself() {
        var trial = new PolicyTrial(hybrid("embedding_batch_size", "4"), aPoolOf(busyEmbedder()));
        trial.arrive(aRequest(0).embedding(1, 1, 1, 1, 1, 1), aText(1));
        trial.decide();
        assertThat(calls(trial)).containsExactly(List.of(0L));
        trial.atMillis(50).decide();
        assertThat(calls(trial)).containsExactly(List.of(0L), List.of(1L));
    }

    @Test
    void onlyTextsOfOneModelAndFormGoTogether() {
        var trial = new PolicyTrial(
                hybrid(), aPoolOf(anEngine("e").types(EMBEDDING).models("m", "n").maxConcurrent(100).runs(aText(999))));
        trial.arrive(
                aText(0),
                aText(1).model("n"),
                aRequest(2).embeddingOfForm("base64", 10),
                aText(3),
                aText(4).model("n"),
                aRequest(5).embeddingOfForm("base64", 10));
        trial.atMillis(50).decide();
        assertThat(calls(trial)).containsExactlyInAnyOrder(List.of(0L, 3L), List.of(1L, 4L), List.of(2L, 5L));
    }

    @Test
    void withoutBatchingEachGoesAlone() {
        var trial = new PolicyTrial(hybrid("enable_embedding_batching", "false"), aPoolOf(busyEmbedder()));
        trial.arrive(aText(0), aText(1));
        trial.decide();
        assertThat(calls(trial)).containsExactly(List.of(0L), List.of(1L));
    }

    @Test
    void aHigherBandGoesFirstWithinOneWait() {
        var trial = new PolicyTrial(hybrid("embedding_batch_size", "2"), aPoolOf(busyEmbedder()));
        trial.arrive(aText(0).priority(Priority.LOW), aText(1), aText(2).priority(Priority.CRITICAL));
        trial.decide();
        assertThat(calls(trial)).containsExactly(List.of(2L, 1L));
    }

    @Test
    void aBatchIsNoLargerThanTheEnginesPlacesOrItsLimitOfACall() {
        var trial = new PolicyTrial(
                hybrid("embedding_batch_size", "5"),
                aPoolOf(anEngine("few places").types(EMBEDDING).maxConcurrent(4).runs(aText(999)).runs(aText(998))));
        trial.arrive(aText(0), aText(1), aText(2), aText(3), aText(4));
        trial.decide();
        assertThat(calls(trial)).containsExactly(List.of(0L, 1L));

        var limited = new PolicyTrial(
                hybrid("embedding_batch_size", "5"),
                aPoolOf(anEngine("e").types(EMBEDDING).maxConcurrent(99).traits(EngineTraits.UNKNOWN.withMaxTextsPerCall(3))));
        limited.arrive(aText(0), aText(1), aText(2), aText(3), aText(4));
        limited.decide();
        assertThat(calls(limited)).first().isEqualTo(List.of(0L, 1L, 2L));
    }

    @Test
    void enginesThatOnlyEmbedGoFirstUnlessToldOtherwise() {
        for (boolean prefers : new boolean[] {true, false}) {
            var trial = new PolicyTrial(
                    hybrid("prefer_specialized_instances", Boolean.toString(prefers)),
                    aPoolOf(mixed("mixed"), busyEmbedder()));
            trial.arrive(aText(0));
            trial.decide();
            assertThat(places(trial)).containsExactly(prefers ? "e" : "mixed");
        }
    }

    @Test
    void aClassWithoutAnEngineDoesNotHoldUpTheOther() {
        var onlyPrompts = new PolicyTrial(hybrid(), aPoolOf(anEngine("a")));
        onlyPrompts.arrive(aText(0), aPrompt(1));
        assertThat(onlyPrompts.decide()).containsExactly(1L);
        var onlyTexts = new PolicyTrial(hybrid(), aPoolOf(anEngine("e").types(EMBEDDING)));
        onlyTexts.arrive(aPrompt(0), aText(1));
        assertThat(onlyTexts.decide()).containsExactly(1L);
    }

    /// A mixed engine with one place, which both a prompt and a text want when it gets free.
    @ParameterizedTest
    @CsvSource({"high, 1", "low, 0", "normal, 0"})
    void thePriorityOfTextsSaysWhoGoesFirst(String priority, long first) {
        var trial = new PolicyTrial(hybrid("embedding_priority", priority), aPoolOf(mixed("a").maxConcurrent(1).runs(aPrompt(999))));
        trial.arrive(aPrompt(0), aText(1));
        trial.atMillis(60).decide();
        assertThat(trial.endAll().decide()).containsExactly(first);
    }

    /// After 60 ms a prompt has waited for 6 % of its usual deadline, and a text for 30 %: odds of 0.7 * 0.06 to 0.3 * 0.3.
    @Test
    void theAdaptiveShareMovesToTheClassThatHasWaitedForMoreOfItsDeadline() {
        var share = new AdaptiveShare(0.7);
        var prompt = aPrompt(0).build();
        var text = aText(1).build();
        assertThat(share.promptShare(60_000_000, prompt, text)).isCloseTo(0.042 / 0.132, offset(1e-9));
        assertThat(share.promptShare(0, prompt, text)).as("nobody has waited").isEqualTo(0.7);
        assertThat(share.promptShare(60_000_000, prompt, null)).isEqualTo(0.9);
        assertThat(share.promptShare(60_000_000, aPrompt(0).dueMillis(10_000).build(), text)).isEqualTo(0.1);
    }

    /// Prompts take 100 ms and texts 20 ms. Credits in ms, +70 and +30 a round, after each sending:
    /// P -30 | T 10, -10 | P -60 | T 0 | P -90 | T 10, -10 | (P -20) | T 0 | P -50.
    @Test
    void aMixedEngineIsSharedByCredit() {
        var trial = new PolicyTrial(hybrid("enable_embedding_batching", "false"), aPoolOf(mixed("a").maxConcurrent(1)));
        for (int i = 0; i < 10; i++) {
            trial.arrive(aPrompt(i), aText(100 + i));
        }
        var order = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            order.append(trial.decide().getFirst() < 100 ? 'P' : 'T');
            trial.endAll();
        }
        assertThat(order.toString()).isEqualTo("PTTPTPTTTP");
    }

    @Test
    void overTimeEachClassGetsItsShareAndWhatTheOtherLeaves() {
        var trial = new PolicyTrial(
                hybrid("hybrid_instance_ratio", "0.4", "enable_embedding_batching", "false"), aPoolOf(mixed("a").maxConcurrent(1)));
        for (int i = 0; i < 600; i++) {
            trial.arrive(aPrompt(i), aText(10_000 + 3L * i), aText(10_001 + 3L * i), aText(10_002 + 3L * i));
        }
        double prompts = 0;
        double texts = 0;
        for (int i = 0; i < 1_000; i++) {
            if (trial.decide().getFirst() < 10_000) {
                prompts += 100;
            } else {
                texts += 20;
            }
            trial.endAll();
        }
        assertThat(prompts / (prompts + texts)).isBetween(0.39, 0.41);
        for (int i = 0; !trial.waiting().isEmpty(); i++) {
            assertThat(i).as("decisions until all is done").isLessThan(2_000);
            assertThat(trial.decide()).as("nobody waits for an idle engine").hasSize(1);
            trial.endAll();
        }
    }

    @Test
    void promptsThatFindNoRoomInTheCacheDoNotHoldUpTexts() {
        var trial = new PolicyTrial(
                hybrid(), aPoolOf(mixed("a").maxConcurrent(5).kvTokens(100).runs(aRequest(999).tokens(80, 10))));
        trial.arrive(aRequest(0).tokens(40, 40), aText(1));
        assertThat(trial.atMillis(50).decide()).containsExactly(1L);
    }

    @Test
    void itNeedsTexts() {
        assertThat(new Hybrid().missing(offer(LLM_CHAT))).contains("texts to embed");
        assertThat(new Hybrid().missing(offer(LLM_CHAT, EMBEDDING))).isEmpty();
    }

    private static Offer offer(RequestType... types) {
        return new Offer(Set.of(types), Set.of("m"), 0, false, List.of());
    }

    /// After the first prompt the turn is the texts', but the only one can never go there: it failed there before.
    @Test
    void anEngineIsNotKeptForTextsThatItNeverTakes() {
        var trial = new PolicyTrial(hybrid("hybrid_instance_ratio", "0.5"), aPoolOf(mixed("m").maxConcurrent(100)));
        trial.arrive(aPrompt(0), aPrompt(1), aText(2).notOn("m"));
        assertThat(trial.atMillis(60).decide()).as("at 50 ms the text is due").containsExactly(0L, 1L);
    }
}
