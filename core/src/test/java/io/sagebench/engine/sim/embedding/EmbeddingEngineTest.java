package io.sagebench.engine.sim.embedding;

import static io.sagebench.engine.sim.embedding.EmbeddingTrial.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.SequenceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Times are worked out by hand for the engine of [EmbeddingTrial]: a text is queued after 2 ms, and a batch takes 1 ms + 10 us a token + 1 ns a
/// query-key pair.
class EmbeddingEngineTest {

    @Test
    void oneTextTakesItsBatchAndTheTimeOutsideIt() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job text = trial.text(0, 50);
        trial.run();
        // 2 ms + 1 ms + 50 * 10 us + 50 * 50 ns
        assertThat(text.endNanos()).isEqualTo(3_502_500);
        assertThat(text.result()).isEqualTo(new EngineResult(50, 0, 0));
        assertThat(text.tokenNanos()).as("an embedding has no tokens").isEmpty();
    }

    @Test
    void whatComesDuringABatchIsTheNextBatchAndEndsTogether() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job first = trial.text(0, 10);
        EngineLoad.Job longer = trial.text(100_000, 30);
        EngineLoad.Job shorter = trial.text(200_000, 20);
        trial.run();
        assertThat(first.endNanos()).isEqualTo(3_100_100);
        // end to end: 50 tokens, and 900 + 400 pairs
        assertThat(longer.endNanos()).isEqualTo(3_100_100 + 1_501_300).isEqualTo(shorter.endNanos());
        assertThat(trial.engine.stats().steps()).isEqualTo(2);
    }

    @Test
    void aJobOfSeveralTextsEndsWithTheLastOfThem() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job several = trial.texts(0, 10, 20, 30, 10, 5);
        trial.run();
        // 4 texts of 70 tokens and 1,500 pairs, then 1 text of 5 tokens and 25 pairs
        assertThat(several.endNanos()).isEqualTo(2_000_000 + 1_701_500 + 1_050_025);
        assertThat(several.result()).isEqualTo(new EngineResult(75, 0, 0));
        assertThat(trial.engine.stats().steps()).isEqualTo(2);
    }

    @Test
    void jobsThatComeTogetherShareABatch() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job one = trial.texts(0, 10, 10);
        EngineLoad.Job other = trial.text(0, 30);
        trial.run();
        // 50 tokens, 100 + 100 + 900 pairs
        assertThat(one.endNanos()).isEqualTo(3_501_100).isEqualTo(other.endNanos());
        assertThat(trial.engine.stats().steps()).isEqualTo(1);
    }

    @Test
    void aCancelledJobTakesAllItsTextsAway() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job several = trial.texts(0, 10, 10, 10, 10, 10, 10, 10);
        EngineLoad.Job next = trial.text(1, 20);
        trial.timeline.at(3_000_000, several::cancel);
        trial.run();
        // the batch of 4 that runs takes its 1,400,400 ns; the other 3 are gone
        assertThat(next.endNanos()).isEqualTo(2_000_000 + 1_400_400 + 1_200_400);
    }

    @Test
    void anEmptyServerTakesMoreTextsThanItsLimitAndAFullOneNone() {
        var trial = new EmbeddingTrial(new Batching(100, 4, 60, 3, false, 0));
        EngineLoad.Job large = trial.texts(0, 1, 1, 1, 1, 1);
        EngineLoad.Job late = trial.text(1, 1);
        trial.run();
        assertThat(large.result()).isEqualTo(new EngineResult(5, 0, 0));
        assertThat(late.failure()).extracting(EngineFailure::status).isEqualTo(429);
    }

    @Test
    void paddingComputesEachTextAsIfItWereTheLongest() {
        var trial = new EmbeddingTrial(small(true, 0));
        trial.text(0, 10);
        EngineLoad.Job longer = trial.text(100_000, 30);
        EngineLoad.Job shorter = trial.text(200_000, 20);
        trial.run();
        // 2 texts of 30 tokens: 60 tokens, and 2 * 900 pairs
        assertThat(longer.endNanos()).isEqualTo(3_100_100 + 1_601_800).isEqualTo(shorter.endNanos());
    }

    @Test
    void aBatchTakesTextsInOrderUpToItsBudgetAndNoSmallerOneOvertakes() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job first = trial.text(0, 60);
        EngineLoad.Job second = trial.text(1, 60);
        EngineLoad.Job third = trial.text(2, 50);
        EngineLoad.Job tiny = trial.text(3, 1);
        trial.run();
        // 60 tokens alone, then 60 (60 + 50 are too many), then 50 + 1
        assertThat(first.endNanos()).isEqualTo(3_603_600);
        assertThat(second.endNanos()).isEqualTo(3_603_600 + 1_603_600);
        assertThat(third.endNanos()).isEqualTo(3_603_600 + 1_603_600 + 1_512_501).isEqualTo(tiny.endNanos());
    }

    @Test
    void paddingCountsAgainstTheBudget() {
        // after the first: 20, 50 and 10 tokens are 80 end to end, but padded already the first two are 100, and all three 150
        for (boolean padded : new boolean[] {false, true}) {
            var trial = new EmbeddingTrial(small(padded, 0));
            trial.text(0, 1);
            EngineLoad.Job a = trial.text(1, 20);
            EngineLoad.Job b = trial.text(2, 50);
            EngineLoad.Job c = trial.text(3, 10);
            trial.run();
            assertThat(a.endNanos()).isEqualTo(b.endNanos());
            assertThat(c.endNanos() > b.endNanos()).isEqualTo(padded);
        }
    }

    @Test
    void aBatchHoldsNoMoreTextsThanItsLimit() {
        var trial = new EmbeddingTrial(small(false, 0));
        for (int i = 0; i < 10; i++) {
            trial.text(i, 1);
        }
        trial.run();
        assertThat(trial.engine.stats().steps()).as("1, 4, 4 and 1").isEqualTo(4);
    }

    @Test
    void anEngineThatMayWaitFillsItsBatchFirst() {
        var trial = new EmbeddingTrial(small(false, 5_000_000));
        EngineLoad.Job first = trial.text(0, 10);
        EngineLoad.Job second = trial.text(4_000_000, 10);
        trial.run();
        // queued at 2 ms, so the batch begins at 7 ms: 1 ms + 20 * 10 us + 200 ns
        assertThat(first.endNanos()).isEqualTo(8_200_200).isEqualTo(second.endNanos());
    }

    @Test
    void aFullBatchWaitsNoLonger() {
        var byCount = new EmbeddingTrial(small(false, 5_000_000));
        var byBudget = new EmbeddingTrial(small(false, 5_000_000));
        var byTheNextThatDoesNotFit = new EmbeddingTrial(small(false, 5_000_000));
        for (int i = 0; i < 4; i++) {
            byCount.text(i, 10);
        }
        byBudget.text(0, 50);
        byBudget.text(3, 50);
        EngineLoad.Job first = byTheNextThatDoesNotFit.text(0, 60);
        EngineLoad.Job tooMuch = byTheNextThatDoesNotFit.text(3, 60);
        byCount.run();
        byBudget.run();
        byTheNextThatDoesNotFit.run();
        // each begins at 2 ms + 3 ns
        assertThat(byCount.load.jobs()).allMatch(text -> text.endNanos() == 2_000_003 + 1_400_400);
        assertThat(byBudget.load.jobs()).allMatch(text -> text.endNanos() == 2_000_003 + 2_005_000);
        assertThat(first.endNanos()).isEqualTo(2_000_003 + 1_603_600);
        assertThat(tooMuch.endNanos()).as("it waits for others itself").isEqualTo(2_000_003 + 5_000_000 + 1_603_600);
    }

    @Test
    void underOverloadBatchesAreFullAndThroughputIsTheirs() {
        var trial = new EmbeddingTrial(new Batching(100, 512, 60, 512, false, 0));
        for (int i = 0; i < 500; i++) {
            trial.text(i * 100_000L, 20);
        }
        trial.run();
        // texts come at 10 a ms, a batch of 5 takes 2.002 ms: the first alone, the second with what came during the first, then fives
        EngineLoad.Job last = trial.load.jobs().getLast();
        long firstTwoEndNanos = 2_000_000 + 1_200_400 + 2_002_000;
        assertThat(trial.engine.stats().steps()).isEqualTo(1 + 99 + 1);
        assertThat(last.endNanos()).isEqualTo(firstTwoEndNanos + 98 * 2_002_000 + 1_801_600);
        assertThat(trial.load.jobs()).extracting(EngineLoad.Job::endNanos).isSorted();
    }

    @Test
    void oneTextMoreThanTheServerMayHoldIsRefused() {
        var trial = new EmbeddingTrial(new Batching(100, 1, 60, 2, false, 0));
        EngineLoad.Job running = trial.text(0, 10);
        EngineLoad.Job waits = trial.text(1, 10);
        EngineLoad.Job tooMany = trial.text(2, 10);
        EngineLoad.Job later = trial.text(2_000_000, 10); // the first has ended by then
        trial.run();
        assertThat(tooMany.failure()).isEqualTo(new EngineFailure(429, "the server is overloaded: it already has 2 texts"));
        assertThat(List.of(running, waits, later)).allMatch(text -> text.result() != null);
    }

    @Test
    void whatIsNoEmbeddingOrTooLongFailsWithAMessage() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job chat = trial.load.job(0, "test-model", 10, 5);
        EngineLoad.Job novel = trial.text(0, 61);
        EngineLoad.Job fits = trial.text(0, 60);
        trial.run();
        assertThat(chat.failure())
                .isEqualTo(new EngineFailure(400, "model test-model only embeds texts: ask it at /v1/embeddings"));
        assertThat(novel.failure())
                .isEqualTo(new EngineFailure(400, "this model's maximum context length is 60 tokens, but the text has 61"));
        assertThat(fits.result()).isNotNull();
    }

    @Test
    void aCancelledTextIsHeardOfNoMoreWhereverItIs() {
        for (long cancelAtNanos : new long[] {0, 1_000_000, 2_000_000, 2_500_000, 3_100_100, 3_200_000, 4_300_300}) {
            for (int which = 0; which < 3; which++) {
                var trial = new EmbeddingTrial(small(false, 0));
                trial.text(0, 10);
                trial.text(1, 10);
                trial.text(2, 10);
                EngineLoad.Job cancelled = trial.load.jobs().get(which);
                trial.timeline.at(cancelAtNanos, cancelled::cancel);
                trial.run();
                assertThat(trial.load.jobs()).allMatch(text -> text.isCancelled() != (text.result() != null));
            }
        }
    }

    @Test
    void aCancelledTextInABatchIsComputedAllTheSame() {
        var trial = new EmbeddingTrial(small(false, 0));
        EngineLoad.Job cancelled = trial.text(0, 50);
        EngineLoad.Job behind = trial.text(1, 10);
        trial.timeline.at(2_100_000, cancelled::cancel);
        trial.run();
        assertThat(behind.endNanos()).isEqualTo(3_502_500 + 1_100_100);
    }

    @Test
    void asleepItBeginsNoBatch() {
        var trial = new EmbeddingTrial(small(false, 1_000));
        trial.timeline.at(2_500_000, trial.engine::sleep);
        EngineLoad.Job underWay = trial.text(0, 10);
        EngineLoad.Job waits = trial.text(1_000_000, 10);
        trial.timeline.at(8_000_000, () -> {
            assertThat(trial.engine.stats().asleep()).isTrue();
            assertThat(trial.engine.stats().waiting()).isEqualTo(1);
            trial.engine.wake();
        });
        trial.run();
        assertThat(underWay.endNanos()).isEqualTo(2_001_000 + 1_100_100);
        assertThat(waits.endNanos()).isEqualTo(8_000_000 + 1_100_100);
    }

    @Test
    void whatALiveTimelineIsLateByDoesNotAddUp() {
        var trial = new EmbeddingTrial(new Batching(100, 1, 60, 512, false, 0), 1, 50_000);
        for (int i = 0; i < 10; i++) {
            trial.text(0, 10);
        }
        trial.run();
        // queued 0.05 ms late, ten batches of 1.1001 ms, and noticed 0.05 ms late
        assertThat(trial.load.jobs().getLast().endNanos()).isEqualTo(2_050_000 + 10 * 1_100_100 + 50_000);
    }

    @Test
    void itsObserverHearsOfBatchesAndEnds() {
        var trial = new EmbeddingTrial(small(true, 0));
        List<Integer> stepped = new ArrayList<>();
        List<SequenceReport> ended = new ArrayList<>();
        trial.engine.observe(new EngineObserver() {
            @Override
            public void stepped(int scheduledTokens) {
                stepped.add(scheduledTokens);
            }

            @Override
            public void ended(SequenceReport report) {
                ended.add(report);
            }
        });
        trial.text(0, 10);
        trial.text(100_000, 30);
        EngineLoad.Job cancelled = trial.text(200_000, 20);
        trial.timeline.at(2_900_000, cancelled::cancel);
        trial.run();
        assertThat(stepped).containsExactly(10, 30);
        assertThat(ended)
                .extracting(SequenceReport::ending)
                .containsExactly(
                        SequenceReport.Ending.CANCELLED, SequenceReport.Ending.FINISHED, SequenceReport.Ending.FINISHED);
        assertThat(ended.getLast().queuedAtNanos()).isEqualTo(2_100_000);
        assertThat(ended.getLast().admittedAtNanos()).isEqualTo(OptionalLong.of(3_100_100));
        assertThat(trial.engine.stats().promptTokens()).isEqualTo(40);
    }
}
