package io.sagebench.policy.hybrid;

import static io.sagebench.policy.FakeEngine.anEngine;
import static io.sagebench.policy.FakePool.aPoolOf;
import static io.sagebench.policy.WaitingBuilder.aRequest;
import static io.sagebench.policy.hybrid.Hybrids.aPrompt;
import static io.sagebench.policy.hybrid.Hybrids.aText;
import static io.sagebench.policy.hybrid.Hybrids.calls;
import static io.sagebench.policy.hybrid.Hybrids.hybridSlo;
import static io.sagebench.request.RequestType.EMBEDDING;
import static io.sagebench.request.RequestType.LLM_CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContract;
import io.sagebench.policy.PolicyTrial;
import io.sagebench.request.Priority;
import io.sagebench.request.ServiceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What differs from `hybrid` once something is promised. A request promised a long time ago stands for that.
class HybridSloPolicyTest implements PolicyContract {
    @Override
    public Policy create(RandomGenerator chance) {
        return Hybrids.policy(new HybridSlo(), chance);
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, 500, 100", "HIGH, 500, 100", "NORMAL, 1000, 200", "LOW, 2000, 500", "BACKGROUND, 8000, 2000"})
    void aRequestWithoutADeadlineHasThatOfItsClassAndPriority(Priority priority, long answerMillis, long embeddingMillis) {
        var prompt = aPrompt(0).atMillis(1_000).priority(priority).build();
        var text = aText(0).atMillis(1_000).priority(priority).build();
        assertThat(Deadlines.latestStartNanos(prompt)).isEqualTo((1_000 + answerMillis - 100) * 1_000_000);
        assertThat(Deadlines.latestStartNanos(text)).isEqualTo((1_000 + embeddingMillis - 20) * 1_000_000);
        assertThat(Deadlines.lateAfterNanos(text)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTextSpendsAQuarterOfItsSlackOnWaitingForCompany() {
        var trial = new PolicyTrial(hybridSlo(), aPoolOf(anEngine("e").types(EMBEDDING).maxConcurrent(99).runs(aText(999))));
        trial.arrive(aText(0).dueMillis(120)); // 100 ms of slack
        assertThat(trial.holdsUntilMillis()).isEqualTo(25);
        assertThat(trial.atMillis(25).decide()).containsExactly(0L);
    }

    @Test
    void oneKeyOrdersPromptsAndTexts() {
        // latest starts: the prompt's 200 - 100, the texts' 90 - 20 and 300 - 20
        var trial = new PolicyTrial(
                hybridSlo("enable_embedding_batching", "false"),
                aPoolOf(anEngine("a"), anEngine("e").types(EMBEDDING)));
        trial.arrive(aPrompt(0).dueMillis(200), aText(1).dueMillis(300), aText(2).dueMillis(90));
        assertThat(trial.decide()).containsExactly(2L, 0L, 1L);
    }

    @Test
    void lateTextsGoBehindThoseInTime() {
        var trial = new PolicyTrial(
                hybridSlo("embedding_batch_size", "2"),
                aPoolOf(anEngine("e").types(EMBEDDING).maxConcurrent(2).runs(aText(999)).runs(aText(998))));
        trial.arrive(aText(0).dueMillis(50), aText(1).atMillis(100).dueMillis(300), aText(2).atMillis(100).dueMillis(300));
        trial.atMillis(100).decide();
        trial.endAll().decide();
        assertThat(calls(trial)).containsExactly(List.of(1L, 2L));
        trial.endAll().decide();
        assertThat(calls(trial)).containsExactly(List.of(1L, 2L), List.of(0L));
    }

    /// Late texts of one form have smaller keys than those in time of another.
    @Test
    void lateTextsGoBehindThoseInTimeOfAnotherFormToo() {
        var trial = new PolicyTrial(
                hybridSlo("embedding_batch_size", "2"),
                aPoolOf(anEngine("e").types(EMBEDDING).maxConcurrent(2).runs(aText(999)).runs(aText(998))));
        trial.arrive(
                aText(0).dueMillis(50),
                aText(1).dueMillis(40).priority(Priority.HIGH),
                aRequest(2).atMillis(100).embeddingOfForm("base64", 10, 10).serviceMillis(20, 0).dueMillis(300));
        trial.atMillis(100).decide();
        trial.endAll().decide();
        assertThat(calls(trial)).containsExactly(List.of(2L));
        trial.endAll().decide();
        assertThat(calls(trial)).containsExactly(List.of(2L), List.of(1L, 0L));
    }

    @Test
    void latePromptsGoBehindThoseInTimeAndUnpromisedOnesAreNeverLate() {
        var trial = new PolicyTrial(hybridSlo(), aPoolOf(anEngine("a").maxConcurrent(1).runs(aPrompt(999))));
        trial.arrive(aPrompt(0).dueMillis(110), aPrompt(1).dueMillis(900), aPrompt(2)); // the last one's latest start is 900
        trial.atMillis(5_000).decide();
        assertThat(trial.endAll().decide()).containsExactly(2L);
        assertThat(trial.endAll().decide()).containsExactly(0L);
        assertThat(trial.endAll().decide()).containsExactly(1L);
    }

    /// An answer under way is promised 30 ms a token where a step takes 15 ms; a text takes 20 ms.
    @Test
    void textsThatAreInTimeDoNotDelayAStepBeyondItsPromise() {
        var promised = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(30)));
        var trial = new PolicyTrial(
                hybridSlo(), aPoolOf(anEngine("a").types(EMBEDDING, LLM_CHAT).predicting(1, 15).maxConcurrent(9)));
        trial.arrive(aRequest(0).tokens(10, 10).promised(promised));
        trial.decide();
        trial.arrive(aText(1).dueMillis(400));
        assertThat(trial.atMillis(100).decide()).as("15 + 20 > 30").isEmpty();
        assertThat(trial.atMillis(381).decide()).as("late: its class has its share").containsExactly(1L);

        trial.arrive(aRequest(2).atMillis(381).embedding(1).serviceMillis(15, 0).dueMillis(400));
        assertThat(trial.atMillis(500).decide()).as("15 + 15 = 30").containsExactly(2L);
    }

    /// After the first answer the turn is the texts', but the one that waits spares that answer for now.
    @Test
    void whileATextSparesTheAnswersOnAnEngineItIsOpenToPrompts() {
        var promised = new ServiceLevel(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(30)));
        var trial = new PolicyTrial(
                hybridSlo(), aPoolOf(anEngine("a").types(EMBEDDING, LLM_CHAT).predicting(1, 15).maxConcurrent(9)));
        trial.arrive(aRequest(0).tokens(10, 10).serviceMillis(100, 0).promised(promised));
        trial.decide();
        trial.arrive(aText(1).dueMillis(400), aPrompt(2).dueMillis(5_000));
        assertThat(trial.atMillis(100).decide()).as("15 + 20 > 30, so the text waits").containsExactly(2L);
    }

    @Test
    void theShareFollowsTheClassThatIsLate() {
        var share = new ControlledShare(0.7);
        assertThat(share.promptShare(0, null, null)).isEqualTo(0.7);
        share.sentInTime(Work.PROMPTS, 10);
        share.sentInTime(Work.TEXTS, 3);
        share.becameLate(Work.TEXTS, 1);
        assertThat(share.promptShare(1_999_999_999L, null, null)).isEqualTo(0.7);
        assertThat(share.promptShare(2_000_000_000L, null, null)).isCloseTo(0.65, offset(1e-9));
        assertThat(share.promptShare(5_000_000_000L, null, null)).as("nobody was late since").isCloseTo(0.65, offset(1e-9));
        for (int i = 3; i < 20; i++) {
            share.becameLate(Work.TEXTS, 1);
            share.promptShare(i * 2_000_000_000L, null, null);
        }
        assertThat(share.promptShare(40_000_000_000L, null, null)).isEqualTo(0.2);
    }

    @Test
    void fromTheFirstPromiseOnAllThatWaitsIsOrderedByLatestStart() {
        var trial = new PolicyTrial(hybridSlo(), aPoolOf(anEngine("a").maxConcurrent(1).runs(aPrompt(999))));
        trial.arrive(aPrompt(0).priority(Priority.LOW), aPrompt(1));
        trial.decide();
        trial.arrive(aPrompt(2).dueMillis(5_000));
        assertThat(trial.endAll().decide()).as("due after 1000, 2000 and 5000 ms").containsExactly(1L);
        assertThat(trial.endAll().decide()).containsExactly(0L);
        assertThat(trial.endAll().decide()).containsExactly(2L);
    }
}
