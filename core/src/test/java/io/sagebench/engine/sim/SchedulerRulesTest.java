package io.sagebench.engine.sim;

import static io.sagebench.engine.sim.EngineProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.PromptContent;
import io.sagebench.request.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules of vLLM's scheduler beyond plain batching, by worked answers: a step takes 1 ms + 10 us a token.
class SchedulerRulesTest {
    private static final PromptContent SHARED = PromptContent.unique(42);

    @Test
    void aPromptThatWasComputedBeforeIsTakenFromTheCacheButForItsLastBlock() {
        var trial = new EngineTrial(aProfile().stepsOnly());
        EngineTrial.Job first = trial.job(0, 100, 1, Priority.NORMAL, SHARED);
        EngineTrial.Job second = trial.job(50_000_000, 100, 1, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(first.endMillis()).isEqualTo(2.0);
        // six full blocks of 16 are there; 4 tokens are left
        assertThat(second.result).isEqualTo(new EngineResult(100, 96, 1));
        assertThat(second.endMillis()).isEqualTo(1.04);
        assertThat(trial.engine.stats().prefixQueryTokens()).isEqualTo(200);
        assertThat(trial.engine.stats().prefixHitTokens()).isEqualTo(96);
    }

    @Test
    void theLastTokenIsAlwaysComputed() {
        var trial = new EngineTrial(aProfile().stepsOnly());
        trial.job(0, 96, 1, Priority.NORMAL, SHARED);
        EngineTrial.Job again = trial.job(50_000_000, 96, 1, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(again.result).isEqualTo(new EngineResult(96, 80, 1));
    }

    @Test
    void twoWithTheSamePromptShareItsBlocksWithinOneStep() {
        var trial = new EngineTrial(aProfile().stepsOnly().kvBlocks(9)); // twice 7 blocks would not fit
        trial.job(1, 5); // both others wait for the end of its first step
        EngineTrial.Job first = trial.job(100_000, 100, 10, Priority.NORMAL, SHARED);
        EngineTrial.Job second = trial.job(100_000, 100, 10, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(second.result).isEqualTo(new EngineResult(100, 96, 10));
        assertThat(second.tokenNanos.getFirst()).isEqualTo(first.tokenNanos.getFirst());
        assertThat(trial.engine.preemptions()).isZero();
    }

    @Test
    void withoutPrefixCachingNothingIsFound() {
        var trial = new EngineTrial(aProfile().withoutPrefixCache());
        trial.job(0, 100, 1, Priority.NORMAL, SHARED);
        EngineTrial.Job second = trial.job(50_000_000, 100, 1, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(second.result).isEqualTo(new EngineResult(100, 0, 1));
        assertThat(trial.engine.stats().prefixQueryTokens()).isZero();
    }

    @Test
    void theLeastRecentlyFreedBlocksAreEvictedFirstAndEachSequenceFromItsEnd() {
        var trial = new EngineTrial(aProfile().stepsOnly().kvBlocks(10));
        PromptContent other = PromptContent.unique(7);
        trial.job(0, 65, 1, Priority.NORMAL, SHARED); // 5 blocks, 4 of them findable
        trial.job(10_000_000, 65, 1, Priority.NORMAL, other); // the other 5
        trial.job(20_000_000, 33, 1, Priority.NORMAL, PromptContent.unique(8)); // takes the last 3 blocks of the first
        EngineTrial.Job third = trial.job(30_000_000, 65, 1, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(third.result).isEqualTo(new EngineResult(65, 32, 1));
    }

    @Test
    void whatAPreemptedSequenceComputedIsFoundAgainWhereItWasNotEvicted() {
        EngineTrial found = preempting(aProfile().kvBlocks(6));
        EngineTrial computedAgain = preempting(aProfile().kvBlocks(6).withoutPrefixCache());
        assertThat(found.jobs.getLast().endNanos).isLessThan(computedAgain.jobs.getLast().endNanos);
        assertThat(found.engine.stats().prefixHitTokens()).as("no hit between requests").isZero();
        assertThat(found.jobs).extracting(job -> job.result).containsExactly(new EngineResult(40, 0, 30), new EngineResult(40, 0, 20));
    }

    /// Two sequences that outgrow the cache together, so that the second is preempted once.
    private static EngineTrial preempting(EngineProfileBuilder profile) {
        var trial = new EngineTrial(profile);
        trial.job(40, 30);
        trial.job(40, 20);
        trial.run();
        assertThat(trial.engine.preemptions()).isEqualTo(1);
        return trial;
    }

    @Test
    void theMostUrgentIsAdmittedFirstAndTheLeastUrgentYields() {
        var trial = new EngineTrial(aProfile().stepsOnly().byPriority().maxNumSeqs(1));
        EngineTrial.Job running = trial.job(0, 10, 10, Priority.NORMAL, PromptContent.unique(1));
        EngineTrial.Job low = trial.job(100_000, 10, 1, Priority.LOW, PromptContent.unique(2));
        EngineTrial.Job high = trial.job(200_000, 10, 1, Priority.HIGH, PromptContent.unique(3));
        trial.run();
        assertThat(List.of(running.endNanos, high.endNanos, low.endNanos)).isSorted();

        var crowded = new EngineTrial(aProfile().stepsOnly().byPriority().kvBlocks(4));
        EngineTrial.Job background = crowded.job(0, 30, 20, Priority.BACKGROUND, PromptContent.unique(1));
        EngineTrial.Job urgent = crowded.job(500_000, 30, 20, Priority.CRITICAL, PromptContent.unique(2));
        crowded.run();
        assertThat(crowded.engine.preemptions()).isEqualTo(1);
        assertThat(urgent.endNanos).as("though it was admitted last").isLessThan(background.endNanos);
    }

    @Test
    void longPromptsAreHeldBackByTheThreshold() {
        var trial = new EngineTrial(aProfile().stepsOnly().longPrefillThreshold(50));
        EngineTrial.Job longPrompt = trial.job(120, 1);
        EngineTrial.Job shortPrompt = trial.job(20, 1);
        trial.run();
        // 50, 50 + 20, 20 tokens
        assertThat(shortPrompt.endMillis()).isEqualTo(3.2);
        assertThat(longPrompt.endMillis()).isEqualTo(4.4);
    }

    @Test
    void theWholeSequenceMustFitUnlessOnlyTheFirstChunkHasTo() {
        var whole = new EngineTrial(aProfile().stepsOnly().kvBlocks(10).budget(64));
        whole.job(80, 20);
        EngineTrial.Job waits = whole.job(96, 1);
        whole.run();
        assertThat(whole.engine.preemptions()).isZero();
        var chunkwise = new EngineTrial(aProfile().stepsOnly().kvBlocks(10).budget(64).admittingByFirstChunk());
        chunkwise.job(80, 20);
        EngineTrial.Job begins = chunkwise.job(96, 1);
        chunkwise.run();
        assertThat(begins.tokenNanos.getFirst()).isLessThan(waits.tokenNanos.getFirst());
    }

    @Test
    void threeRequestsInOneBatchTakeTheTimesWorkedOutByHand() {
        var trial = new EngineTrial(
                aProfile().stepsOnly().budget(64).contextMicros(1).prefillAttention(0.1, 10).samplingMillis(0.5));
        EngineTrial.Job first = trial.job(60, 3);
        EngineTrial.Job second = trial.job(70, 2);
        EngineTrial.Job third = trial.job(1_000_000, 10, 2);
        trial.run();
        // The first alone, 60*30 pairs: 1 + 0.6 + 0.1 + 0.018 + 0.5
        long one = 2_218_000;
        // It decodes on 61 tokens beside 63 of the second, 63*31.5 pairs: 1 + 0.64 + 0.061 + 0.1 + 0.019845 + 0.5
        long two = one + 2_320_845;
        // It decodes on 62 beside 7 behind 63 and 10 behind none, 465.5 + 50 pairs: 1 + 0.18 + 0.062 + 0.2 + 0.005155 + 1.5
        long three = two + 2_947_155;
        // The others decode on 71 and 11: 1 + 0.02 + 0.082 + 1
        long four = three + 2_102_000;
        assertThat(first.tokenNanos).containsExactly(one, two, three);
        assertThat(second.tokenNanos).containsExactly(three, four);
        assertThat(third.tokenNanos).containsExactly(three, four);
    }

    @Test
    void guessedTokensComeTogether() {
        var trial = new EngineTrial(aProfile().stepsOnly().speculating(3, 1));
        EngineTrial.Job job = trial.job(10, 9);
        trial.run();
        // after the first token each step computes 4 tokens and samples 4, all guesses being right
        assertThat(job.tokenNanos)
                .containsExactly(
                        nanos(1.1), nanos(2.14), nanos(2.14), nanos(2.14), nanos(2.14), nanos(3.18), nanos(3.18), nanos(3.18),
                        nanos(3.18));
        EngineStats stats = trial.engine.stats();
        assertThat(stats.drafts()).isEqualTo(2);
        assertThat(stats.draftTokens()).isEqualTo(6);
        assertThat(stats.acceptedPerPosition()).containsExactly(2L, 2L, 2L);
    }

    @Test
    void asManyGuessesAreRightAsTheAcceptanceSays() {
        var trial = new EngineTrial(aProfile().stepsOnly().maxModelLen(100_000).kvBlocks(10_000).speculating(2, 0.6));
        trial.job(10, 30_000);
        trial.run();
        EngineStats stats = trial.engine.stats();
        double drafts = stats.drafts();
        assertThat(stats.acceptedPerPosition().get(0) / drafts).isCloseTo(0.6, within(0.02));
        assertThat(stats.acceptedPerPosition().get(1) / drafts).isCloseTo(0.36, within(0.02));
        assertThat(30_000 / drafts).as("tokens a step").isCloseTo(1.96, within(0.03));
        assertThat(stats.generatedTokens()).isEqualTo(30_000);
    }

    @Test
    void noiseIsSeededAndKeepsTheMean() {
        var noisy = new EngineTrial(aProfile().stepsOnly().maxModelLen(30_000).kvBlocks(10_000).noise(0.2));
        EngineTrial.Job job = noisy.job(10, 20_000);
        noisy.run();
        assertThat(job.endMillis()).isCloseTo(20_000 * 1.01, within(20_000 * 0.01));
        var same = new EngineTrial(aProfile().stepsOnly().maxModelLen(30_000).kvBlocks(10_000).noise(0.2));
        EngineTrial.Job again = same.job(10, 20_000);
        same.run();
        assertThat(again.tokenNanos).isEqualTo(job.tokenNanos);
    }

    @Test
    void anEngineThatSleepsKeepsItsRequestsAndForgetsItsCache() {
        var trial = new EngineTrial(aProfile().stepsOnly());
        EngineTrial.Job running = trial.job(0, 100, 10, Priority.NORMAL, SHARED);
        trial.timeline.at(2_500_000, trial.engine::sleep); // during the first decode step, which ends at 3.01 ms
        EngineTrial.Job waiting = trial.job(5_000_000, 100, 1, Priority.NORMAL, SHARED);
        trial.timeline.at(50_000_000, () -> {
            assertThat(trial.engine.stats().asleep()).isTrue();
            assertThat(trial.engine.kvUsage()).isZero();
            assertThat(running.tokenNanos).hasSize(2);
            trial.engine.wake();
        });
        trial.run();
        assertThat(running.tokenNanos).hasSize(10);
        assertThat(running.tokenNanos.get(2)).as("102 tokens again, and those of the other").isGreaterThan(52_000_000);
        assertThat(waiting.result).isNotNull();
    }

    @Test
    void anEngineThatIsWokenAtOnceHasLostItsCacheNonetheless() {
        var trial = new EngineTrial(aProfile().stepsOnly());
        trial.job(0, 100, 10, Priority.NORMAL, SHARED);
        trial.timeline.at(2_500_000, () -> {
            trial.engine.sleep();
            trial.engine.wake();
        });
        EngineTrial.Job other = trial.job(2_600_000, 100, 1, Priority.NORMAL, SHARED);
        trial.run();
        assertThat(trial.jobs.getFirst().tokenNanos).hasSize(10);
        assertThat(other.result).as("the other computes its prompt beside it").isNotNull();
        assertThat(trial.engine.stats().preemptions()).isEqualTo(1);
        assertThat(trial.jobs.getFirst().tokenNanos.get(2)).as("102 tokens again").isGreaterThan(3_010_000 + 2_000_000);
    }

    private static long nanos(double millis) {
        return Math.round(millis * 1e6);
    }
}
