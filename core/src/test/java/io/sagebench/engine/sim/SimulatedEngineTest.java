package io.sagebench.engine.sim;

import static io.sagebench.engine.sim.EngineProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Times are worked out by hand for the profile of [EngineProfileBuilder]: a step takes 1 ms + 10 us a token.
class SimulatedEngineTest {

    @Test
    void aSingleRequestTakesItsStepsAndTheTimeOutsideThem() {
        var trial = new EngineTrial(aProfile());
        EngineTrial.Job job = trial.job(100, 3);
        trial.run();
        // 5 ms, a step of 100 tokens, then two of one token; each visible 0.05 ms later
        assertThat(job.tokenNanos).containsExactly(7_050_000L, 8_060_000L, 9_070_000L);
        assertThat(job.endMillis()).isEqualTo(9.07);
        assertThat(job.result).isEqualTo(new EngineResult(100, 0, 3));
        assertThat(trial.engine.steps()).isEqualTo(3);
    }

    @Test
    void aPromptLongerThanTheBudgetIsComputedInChunks() {
        var trial = new EngineTrial(aProfile().budget(64));
        EngineTrial.Job job = trial.job(150, 1);
        trial.run();
        // 64 + 64 + 22 tokens: 5 + 1.64 + 1.64 + 1.22 + 0.05
        assertThat(job.ttftMillis()).isEqualTo(9.55);
        assertThat(trial.engine.steps()).isEqualTo(3);
    }

    @Test
    void eachChunkPaysForWhatItAttendsTo() {
        var trial = new EngineTrial(aProfile().budget(64).prefillAttention(1, 1_000));
        EngineTrial.Job job = trial.job(150, 1);
        trial.run();
        // chunks over 64*32 + 64*(64+32) + 22*(128+11) = 11,250 pairs at 1 us each, and 1 ms for each chunk
        assertThat(job.ttftMillis()).isEqualTo(9.55 + 11.25 + 3);
    }

    @Test
    void decodingPaysForItsContextAndPrefillDoesNot() {
        var trial = new EngineTrial(aProfile().contextMicros(2));
        EngineTrial.Job job = trial.job(100, 3);
        trial.run();
        // contexts of 101 and 102 tokens at 2 us each
        assertThat(job.tokenNanos).containsExactly(7_050_000L, 8_262_000L, 9_476_000L);
    }

    @Test
    void onlyTheChunkThatCompletesAPromptSamples() {
        var trial = new EngineTrial(aProfile().budget(64).samplingMillis(1));
        EngineTrial.Job job = trial.job(150, 1);
        trial.run();
        assertThat(job.ttftMillis()).isEqualTo(10.55);
    }

    @Test
    void aRequestThatComesDuringAStepJoinsTheNextOneAndSlowsItDown() {
        var trial = new EngineTrial(aProfile());
        EngineTrial.Job early = trial.job(100, 10);
        EngineTrial.Job late = trial.job(1_000_000, 200, 1); // queued at 6 ms, during the step that ends at 7 ms
        trial.run();
        // the step of 1 + 200 tokens ends at 7 + 3.01 ms
        assertThat(late.tokenNanos).containsExactly(10_060_000L);
        assertThat(early.tokenNanos.get(1)).isEqualTo(10_060_000L);
        assertThat(early.tokenNanos.get(2)).isEqualTo(11_070_000L);
    }

    @Test
    void runningSequencesComeFirstAndAPromptGetsWhatIsLeftOfTheBudget() {
        var trial = new EngineTrial(aProfile().budget(64));
        trial.job(10, 10);
        EngineTrial.Job prompt = trial.job(1_000_000, 100, 1);
        trial.run();
        // steps end at 6.1 (10 tokens), 7.74 (1 + 63 tokens), 9.12 (1 + 37 tokens)
        assertThat(prompt.tokenNanos).containsExactly(9_170_000L);
    }

    @Test
    void noMoreSequencesRunThanTheBatchHolds() {
        var trial = new EngineTrial(aProfile().maxNumSeqs(2));
        for (int i = 0; i < 5; i++) {
            trial.job(10, 4);
        }
        List<Integer> running = new ArrayList<>();
        trial.timeline.runUntil(() -> {
            running.add(trial.engine.running());
            return false;
        });
        assertThat(running).contains(2).allMatch(count -> count <= 2);
        assertThat(trial.jobs).extracting(job -> job.endNanos).isSorted();
    }

    @Test
    void theHeadOfTheQueueBlocksThoseBehindItThatWouldFit() {
        var trial = new EngineTrial(aProfile().kvBlocks(10)); // 160 tokens
        EngineTrial.Job runs = trial.job(100, 20);
        EngineTrial.Job large = trial.job(100, 1);
        EngineTrial.Job small = trial.job(16, 1);
        trial.run();
        long freedNanos = runs.endNanos - 50_000;
        assertThat(large.tokenNanos.getFirst()).isGreaterThan(freedNanos);
        assertThat(small.tokenNanos.getFirst()).isGreaterThanOrEqualTo(large.tokenNanos.getFirst());
        assertThat(trial.engine.preemptions()).isZero();
    }

    @Test
    void whenTheCacheIsFullTheLastSequenceIsPreemptedAndRecomputed() {
        var trial = new EngineTrial(aProfile().kvBlocks(4)); // 64 tokens
        EngineTrial.Job first = trial.job(30, 20);
        EngineTrial.Job second = trial.job(30, 20);
        trial.run();
        // The first begins alone (30 tokens), the second joins (1 + 30, 1 + 1 tokens). Then the first needs a third block: the second goes, and
        // comes back when the first has ended: 17 steps of one token, one of 30 + 2 tokens, 17 of one token.
        assertThat(trial.engine.preemptions()).isEqualTo(1);
        assertThat(trial.engine.steps()).isEqualTo(3 + 17 + 1 + 17);
        assertThat(first.endNanos).isEqualTo(5_000_000 + 1_300_000 + 1_310_000 + 1_020_000 + 17 * 1_010_000 + 50_000);
        assertThat(second.endNanos).isEqualTo(first.endNanos + 1_320_000 + 17 * 1_010_000);
        assertThat(second.tokenNanos).hasSize(20);
        assertThat(second.tokenNanos.get(1)).as("the tokens it had stay").isLessThan(first.endNanos);
    }

    @Test
    void moreRequestsThanTheCacheHoldsDoNotMultiplyThroughput() {
        double asManyAsFit = outputTokensPerSecond(4, 32);
        double farTooMany = outputTokensPerSecond(64, 32);
        assertThat(farTooMany).as("they share the cache while they are short").isBetween(0.8 * asManyAsFit, 1.2 * asManyAsFit);
        assertThat(outputTokensPerSecond(64, 512)).as("a cache for all").isGreaterThan(5 * farTooMany);
    }

    /// 64 requests of 64 + 64 tokens; 32 blocks hold four of them whole, 512 blocks all.
    private static double outputTokensPerSecond(int maxNumSeqs, int kvBlocks) {
        var trial = new EngineTrial(aProfile().stepsOnly().maxNumSeqs(maxNumSeqs).kvBlocks(kvBlocks));
        for (int i = 0; i < 64; i++) {
            trial.job(64, 64);
        }
        trial.run();
        return 64 * 64 * 1e9 / trial.timeline.nowNanos();
    }

    @Test
    void aRequestThatCanNeverFitFailsAtOnceWithAMessage() {
        var trial = new EngineTrial(aProfile().maxModelLen(100));
        EngineTrial.Job fits = trial.job(60, 40);
        EngineTrial.Job tooLong = trial.job(61, 40);
        trial.run();
        assertThat(fits.result).isNotNull();
        assertThat(tooLong.failure)
                .isEqualTo(new EngineFailure(
                        400,
                        "this model's maximum context length is 100 tokens, but 101 were asked for (61 in the prompt, 40 to generate)"));
        assertThat(tooLong.tokenNanos).isEmpty();
    }

    @Test
    void aRequestForMoreTokensThanAnIntegerHoldsCanNeverFit() {
        var trial = new EngineTrial(aProfile());
        EngineTrial.Job endless = trial.job(10, Integer.MAX_VALUE);
        trial.timeline.runUntil(() -> trial.engine.steps() > 100);
        assertThat(endless.failure).isNotNull();
    }

    @Test
    void aCancelledRequestIsHeardOfNoMoreWhereverItIs() {
        for (long cancelAtNanos : new long[] {0, 1_000_000, 5_000_000, 6_000_000, 7_000_000, 7_020_000, 7_050_000, 8_000_000}) {
            var trial = new EngineTrial(aProfile().maxNumSeqs(1));
            EngineTrial.Job cancelled = trial.job(100, 50);
            EngineTrial.Job behind = trial.job(100, 5);
            trial.timeline.at(cancelAtNanos, cancelled::cancel);
            trial.run();
            assertThat(cancelled.result).isNull();
            assertThat(behind.tokenNanos).as("cancelled at %s", cancelAtNanos).hasSize(5);
            assertThat(behind.endNanos).isLessThan(20_000_000);
        }
    }

    @Test
    void cancellingAWaitingRequestLeavesTheOthersAsTheyWere() {
        var alone = new EngineTrial(aProfile().maxNumSeqs(1));
        EngineTrial.Job undisturbed = alone.job(100, 5);
        alone.run();
        var trial = new EngineTrial(aProfile().maxNumSeqs(1));
        EngineTrial.Job running = trial.job(100, 5);
        EngineTrial.Job waiting = trial.job(100, 5);
        trial.timeline.at(7_500_000, waiting::cancel);
        trial.run();
        assertThat(running.tokenNanos).isEqualTo(undisturbed.tokenNanos);
        assertThat(trial.engine.steps()).isEqualTo(5);
    }
}
