package io.sagebench.engine.sim;

import static io.sagebench.engine.sim.EngineProfileBuilder.aProfile;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.PromptContent;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Taking many steps at once must not show: not in one nanosecond, one block or one counter.
class EventSkippingTest {
    private static final int JOBS = 150;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesTheSameNanosecondsAsTakingEachStepByItself(int seed) {
        EngineTrial stepwise = loaded(seed, true);
        EngineTrial skipping = loaded(seed, false);
        var lookedAt = new ArrayList<String>();
        var lookedAtSkipping = new ArrayList<String>();
        watch(stepwise, seed, lookedAt);
        watch(skipping, seed, lookedAtSkipping);
        stepwise.run();
        skipping.run();
        assertThat(lookedAtSkipping).isEqualTo(lookedAt).isNotEmpty();
        assertThat(skipping.engine.stats()).isEqualTo(stepwise.engine.stats());
        for (int i = 0; i < JOBS; i++) {
            var one = stepwise.jobs.get(i);
            var other = skipping.jobs.get(i);
            assertThat(other.tokenNanos).as("tokens of job %s", i).isEqualTo(one.tokenNanos);
            assertThat(other.endNanos).isEqualTo(one.endNanos);
            assertThat(other.result).isEqualTo(one.result);
        }
        assertThat(skipping.timeline.firedCount()).isLessThanOrEqualTo(stepwise.timeline.firedCount());
    }

    /// Loads of many kinds: crowded or idle, with little or much cache, long or short, with shared prefixes, priorities and cancellations.
    private static EngineTrial loaded(int seed, boolean eachToken) {
        var chance = new SplittableRandom(seed);
        EngineProfileBuilder profile = aProfile()
                .maxNumSeqs(chance.nextInt(2, 12))
                .budget(chance.nextInt(16, 200))
                .kvBlocks(chance.nextInt(14, 120))
                .contextMicros(chance.nextDouble(2))
                .prefillAttention(chance.nextDouble(), 3)
                .samplingMillis(chance.nextDouble() / 10)
                .scale(0.1 + chance.nextDouble());
        if (chance.nextInt(3) == 0) {
            profile.byPriority();
        }
        if (chance.nextInt(3) == 0) {
            profile.withoutPrefixCache();
        }
        if (chance.nextInt(3) == 0) {
            profile.admittingByFirstChunk();
        }
        if (chance.nextInt(3) == 0) {
            profile.longPrefillThreshold(chance.nextInt(1, 100));
        }
        if (chance.nextInt(8) == 0) {
            profile.noise(0.1);
        }
        long apiNanos = chance.nextInt(2) * chance.nextLong(3_000_000);
        long delayNanos = chance.nextInt(3) * chance.nextLong(8_000_000); // often longer than a step
        var trial = new EngineTrial(profile.build().with(new EngineProfile.Overhead(apiNanos, delayNanos)), eachToken);
        if (chance.nextInt(2) == 0) {
            naps(trial, chance);
        }
        long spreadNanos = chance.nextLong(1_000_000, 4_000_000_000L);
        int longest = chance.nextInt(2, 100);
        for (int i = 0; i < JOBS; i++) {
            long atNanos = chance.nextLong(spreadNanos);
            var job = trial.job(
                    atNanos,
                    chance.nextInt(1, 120),
                    chance.nextInt(1, longest),
                    PRIORITIES.get(chance.nextInt(PRIORITIES.size())),
                    PromptContent.unique(chance.nextInt(JOBS)));
            if (chance.nextInt(6) == 0) {
                trial.timeline.at(atNanos + chance.nextLong(1_000_000_000L), () -> {
                    if (job.endNanos < 0) {
                        job.cancel();
                    }
                });
            }
        }
        return trial;
    }

    private static void naps(EngineTrial trial, SplittableRandom chance) {
        long atNanos = chance.nextLong(2_000_000_000L);
        for (int i = 0; i < 5; i++) {
            trial.timeline.at(atNanos, trial.engine::sleep);
            atNanos += chance.nextLong(20_000_000L);
            trial.timeline.at(atNanos, trial.engine::wake);
            atNanos += chance.nextLong(300_000_000L);
        }
    }

    /// Looks at the engine at times that have nothing to do with its steps.
    private static void watch(EngineTrial trial, int seed, List<String> lookedAt) {
        var chance = new SplittableRandom(seed + 1_000_000L);
        for (int i = 0; i < 40; i++) {
            boolean closely = chance.nextInt(4) == 0;
            trial.timeline.at(chance.nextLong(6_000_000_000L), () -> {
                int tokens = trial.jobs.stream().mapToInt(EngineTrial.Job::tokensSoFar).sum();
                lookedAt.add(tokens + " tokens" + (closely ? " " + trial.engine.stats() : ""));
            });
        }
    }
}
