package io.sagebench.engine.sim;

import static io.sagebench.engine.sim.EngineProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedEnginePropertiesTest {
    private static final int JOBS = 300;

    /// A small cache and budget, so that chunks, blocking and preemption all happen.
    private static EngineProfileBuilder tight() {
        return aProfile().maxNumSeqs(8).budget(64).kvBlocks(20).contextMicros(0.5).prefillAttention(0.2, 3).samplingMillis(0.01);
    }

    private static EngineTrial loaded(EngineProfileBuilder profile, long seed, double timeScale, boolean cancelling) {
        var trial = new EngineTrial(profile);
        var chance = new SplittableRandom(seed);
        for (int i = 0; i < JOBS; i++) {
            long atNanos = chance.nextLong(3_000_000_000L);
            var job = trial.job(Math.round(atNanos * timeScale), chance.nextInt(1, 120), chance.nextInt(1, 60));
            boolean cancel = chance.nextInt(5) == 0;
            long cancelNanos = atNanos + chance.nextLong(1_000_000_000L);
            if (cancel && cancelling) {
                trial.timeline.at(Math.round(cancelNanos * timeScale), () -> {
                    if (job.endNanos < 0) {
                        job.cancel();
                    }
                });
            }
        }
        return trial;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neitherCacheNorBatchOverflowsAndEveryJobEndsOnceWithAllItsTokens(long seed) {
        EngineTrial trial = loaded(tight(), seed, 1, true);
        boolean[] overflowed = {false};
        trial.timeline.runUntil(() -> {
            double usage = trial.engine.kvUsage();
            overflowed[0] |= usage < 0 || usage > 1 || trial.engine.running() > 8;
            return false;
        });
        assertThat(overflowed[0]).isFalse();
        trial.run();
        assertThat(trial.engine.preemptions()).as("the load is heavy enough to preempt").isPositive();
        assertThat(trial.jobs).allSatisfy(job -> {
            assertThat(job.cancelled || job.result != null).isTrue();
            assertThat(job.tokenNanos).isSorted();
            if (!job.cancelled) {
                assertThat(job.tokenNanos).hasSize(job.outputTokens);
                assertThat(job.endNanos).isEqualTo(job.tokenNanos.getLast());
            }
        });
        assertThat(trial.jobs).anyMatch(job -> job.cancelled);
    }

    @Test
    void theSameLoadGivesTheSameEventsAtTheSameNanoseconds() {
        EngineTrial one = loaded(tight(), 5, 1, true).run();
        EngineTrial other = loaded(tight(), 5, 1, true).run();
        assertThat(one.log).isEqualTo(other.log).isNotEmpty();
    }

    /// Steps are whole nanoseconds, so each may be off by one.
    @Test
    void doublingAllTimeConstantsDoublesAllTimes() {
        EngineTrial base = loaded(tight(), 6, 1, false).run();
        EngineTrial doubled = loaded(tight().scale(2), 6, 2, false).run();
        assertThat(doubled.engine.steps()).isEqualTo(base.engine.steps());
        for (int i = 0; i < JOBS; i++) {
            var slow = doubled.jobs.get(i);
            var fast = base.jobs.get(i);
            assertThat(slow.endNanos / 2.0).isCloseTo((double) fast.endNanos, within((double) base.engine.steps()));
            assertThat(slow.tokenNanos.getFirst() / 2.0)
                    .isCloseTo((double) fast.tokenNanos.getFirst(), within((double) base.engine.steps()));
        }
    }

    @Test
    void anEngineThatHasBecomeIdleTakesUpWorkAgain() {
        var trial = new EngineTrial(aProfile());
        EngineTrial.Job first = trial.job(0, 100, 3);
        EngineTrial.Job second = trial.job(1_000_000_000, 100, 3);
        trial.run();
        assertThat(second.endMillis()).isEqualTo(first.endMillis());
    }

    /// As behind a live port that runs for days, where nobody asks how many tokens have come.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ticksOfLongAgoAreNotKept(boolean eachToken) {
        var trial = new EngineTrial(aProfile().build(), eachToken);
        for (int i = 0; i < 2_000; i++) {
            trial.job(i * 10_000_000L, 20, 10);
        }
        int[] most = {0};
        trial.timeline.runUntil(() -> {
            most[0] = Math.max(most[0], trial.engine.tickPages());
            return false;
        });
        assertThat(trial.engine.steps()).isGreaterThan(10_000);
        assertThat(most[0]).isLessThanOrEqualTo(2);
    }
}
