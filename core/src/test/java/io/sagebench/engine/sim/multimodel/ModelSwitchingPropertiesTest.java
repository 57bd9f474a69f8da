package io.sagebench.engine.sim.multimodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.sim.StepTime;
import io.sagebench.time.VirtualTimeline;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSwitchingPropertiesTest {
    private static final int JOBS = 200;
    private static final StepTime STEPS = CardTrial.steps(1, 10, 0.5);
    /// Two models fit beside each other, the third only alone and with little room.
    private static final MultiModelProfile PROFILE = new MultiModelProfile(
            "tight",
            10_000,
            1e6,
            1_000_000,
            Map.of(
                    "a", new CardModel(4_000, 10, 300, STEPS),
                    "b", new CardModel(3_000, 8, 300, STEPS),
                    "c", new CardModel(7_000, 10, 250, STEPS)));

    private static final class Run {
        private final VirtualTimeline timeline = new VirtualTimeline();
        private final ModelSwitchingEngine engine;
        private final EngineLoad load;
        private final int maxNumSeqs;

        Run(long seed) {
            var chance = new SplittableRandom(seed);
            maxNumSeqs = chance.nextInt(1, 8);
            long turnNanos = List.of(0L, 5_000_000L, 1_000_000_000L).get(chance.nextInt(3));
            engine = ModelSwitchingEngine.simulated(
                    timeline, new EngineId("e"), PROFILE, new SwitchingLimits(maxNumSeqs, turnNanos, chance.nextBoolean(), 1_000));
            load = new EngineLoad(timeline, engine);
            for (int i = 0; i < JOBS; i++) {
                long atNanos = chance.nextLong(2_000_000_000L);
                String model = List.of("a", "b", "c").get(chance.nextInt(3));
                EngineLoad.Job job = load.job(atNanos, model, chance.nextInt(1, 150), chance.nextInt(1, 100));
                if (chance.nextInt(5) == 0) {
                    timeline.at(atNanos + chance.nextLong(1_000_000_000L), job::cancel);
                }
            }
            timeline.runUntil(() -> {
                assertThat(engine.stats().running()).isLessThanOrEqualTo(maxNumSeqs);
                assertThat(engine.stats().kvUsage()).isBetween(0.0, 1.0);
                return false;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyRequestEndsOnceWithAllItsTokens(long seed) {
        var run = new Run(seed);
        assertThat(run.load.jobs()).allSatisfy(job -> {
            assertThat(job.isCancelled() || job.result() != null).isTrue();
            assertThat(job.tokenNanos()).isSorted();
            if (!job.isCancelled()) {
                assertThat(job.tokenNanos()).hasSize(job.asked().maxOutputTokens());
            }
        });
        assertThat(run.engine.stats().running()).isZero();
        assertThat(run.engine.stats().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameLoadGivesTheSameEventsAtTheSameNanoseconds(long seed) {
        assertThat(new Run(seed).load.log()).isEqualTo(new Run(seed).load.log()).isNotEmpty();
    }
}
