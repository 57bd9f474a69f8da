package io.sagebench.engine.sim;

import static io.sagebench.engine.sim.EngineProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.PromptContent;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What holds for every load, over some thousand random ones.
class EngineInvariantsTest {
    private static final int LOADS = 1_000;
    private static final int JOBS = 60;

    /// A random engine under a random load.
    private static final class Load {
        private final long seed;
        private final int maxNumSeqs;
        private final int budget;
        private final int kvBlocks;
        private boolean caching = true;
        private boolean ample;
        private boolean crowd;
        private double scale = 1;
        final List<SequenceReport> reports = new ArrayList<>();

        Load(long seed) {
            this.seed = seed;
            var chance = new SplittableRandom(seed);
            maxNumSeqs = chance.nextInt(1, 20);
            budget = Math.max(maxNumSeqs, chance.nextInt(8, 300));
            kvBlocks = chance.nextInt(12, 60);
        }

        Load withoutCache() {
            caching = false;
            return this;
        }

        /// With KV cache for all.
        Load ample() {
            ample = true;
            return this;
        }

        /// All at once, so that far more want to run than the cache holds, and with prompts of their own.
        Load crowd() {
            crowd = true;
            return this;
        }

        Load scaled(double times) {
            scale = times;
            return this;
        }

        EngineTrial run() {
            EngineProfileBuilder profile = aProfile()
                    .maxNumSeqs(maxNumSeqs)
                    .budget(budget)
                    .kvBlocks(ample ? 10_000 : kvBlocks)
                    .contextMicros(0.5)
                    .prefillAttention(0.2, 3)
                    .samplingMillis(0.01)
                    .scale(scale);
            if (!caching) {
                profile.withoutPrefixCache();
            }
            var trial = new EngineTrial(profile);
            trial.engine.observe(new EngineObserver() {
                @Override
                public void stepped(int scheduledTokens) {
                    assertThat(scheduledTokens).isBetween(1, budget);
                    assertThat(trial.engine.running()).isBetween(1, maxNumSeqs);
                    assertThat(trial.engine.kvUsage()).isBetween(0.0, 1.0);
                }

                @Override
                public void ended(SequenceReport report) {
                    reports.add(report);
                }
            });
            var chance = new SplittableRandom(seed + 1);
            long spreadNanos = chance.nextLong(1, 2_000_000_000L);
            int longestPrompt = chance.nextInt(2, 120);
            int longestAnswer = chance.nextInt(2, 70);
            int prompts = chance.nextInt(1, 3 * JOBS);
            for (int i = 0; i < JOBS; i++) {
                trial.job(
                        crowd ? 0 : Math.round(chance.nextLong(spreadNanos) * scale),
                        chance.nextInt(1, longestPrompt),
                        chance.nextInt(1, longestAnswer),
                        Priority.NORMAL,
                        PromptContent.unique(crowd ? i : chance.nextInt(prompts)));
            }
            return trial.run();
        }
    }

    @Test
    void noTokenIsLostNoLimitIsPassedAndNobodyStarves() {
        long preemptions = 0;
        long hits = 0;
        for (long seed = 0; seed < LOADS; seed++) {
            var load = new Load(seed);
            EngineTrial trial = load.run();
            EngineStats stats = trial.engine.stats();
            assertThat(trial.jobs).as("load %s", seed).allSatisfy(job -> {
                assertThat(job.result).isNotNull();
                assertThat(job.tokenNanos).hasSize(job.outputTokens).isSorted();
            });
            assertThat(stats.generatedTokens()).isEqualTo(trial.jobs.stream().mapToLong(job -> job.outputTokens).sum());
            assertThat(stats.promptTokens()).isEqualTo(trial.jobs.stream().mapToLong(job -> job.promptTokens).sum());
            assertThat(admissionsInOrderOfArrival(load)).as("FCFS, load %s", seed).isSorted();
            preemptions += stats.preemptions();
            hits += stats.prefixHitTokens();
        }
        assertThat(preemptions).isGreaterThan(LOADS);
        assertThat(hits).isGreaterThan(LOADS);
    }

    private static List<Long> admissionsInOrderOfArrival(Load load) {
        return load.reports.stream()
                .sorted(Comparator.comparingLong(SequenceReport::queuedAtNanos))
                .map(SequenceReport::admittedAtNanos)
                .map(OptionalLong::orElseThrow)
                .toList();
    }

    @Test
    void withoutTheCacheNothingIsHit() {
        for (long seed = 0; seed < LOADS / 4; seed++) {
            EngineTrial trial = new Load(seed).withoutCache().run();
            assertThat(trial.engine.stats().prefixHitTokens()).isZero();
            assertThat(trial.jobs).allMatch(job -> job.result != null && job.result.cachedPromptTokens() == 0);
        }
    }

    /// Times are whole nanoseconds of exact sums, so each may be off by a few.
    @Test
    void doublingAllTimeConstantsDoublesAllTimes() {
        for (long seed = 0; seed < LOADS / 4; seed++) {
            EngineTrial base = new Load(seed).run();
            EngineTrial doubled = new Load(seed).scaled(2).run();
            for (int i = 0; i < JOBS; i++) {
                assertThat(doubled.jobs.get(i).endNanos / 2.0)
                        .as("load %s, job %s", seed, i)
                        .isCloseTo((double) base.jobs.get(i).endNanos, within(2.0));
            }
        }
    }

    /// What a preempted sequence computes again, and finds again, must never make up for the room that was missing.
    @Test
    void tooLittleCacheIsNeverFasterThanEnough() {
        int preempting = 0;
        for (long seed = 0; seed < LOADS; seed++) {
            EngineTrial crowded = new Load(seed).crowd().run();
            if (crowded.engine.preemptions() > 0) {
                preempting++;
                EngineTrial ample = new Load(seed).crowd().ample().run();
                assertThat(ample.engine.preemptions()).isZero();
                assertThat(crowded.timeline.nowNanos())
                        .as("load %s", seed)
                        .isGreaterThanOrEqualTo(ample.timeline.nowNanos());
            }
        }
        assertThat(preempting).isGreaterThan(LOADS / 10);
    }
}
