package io.sagebench.engine.sim.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineLoad;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.sim.embedding.EmbeddingProfile.Batching;
import io.sagebench.engine.sim.EngineObserver;
import io.sagebench.engine.sim.SequenceReport;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingEnginePropertiesTest {
    private static final int TEXTS = 300;

    private static EmbeddingTrial loaded(long seed, double scale, boolean cancelling) {
        var chance = new SplittableRandom(seed);
        long maxWaitNanos = chance.nextBoolean() ? 0 : Math.round(scale * 3_000_000);
        var trial = new EmbeddingTrial(new Batching(100, 6, 60, 40, chance.nextBoolean(), maxWaitNanos), scale);
        for (int i = 0; i < TEXTS; i++) {
            double atNanos = chance.nextLong(200_000_000L);
            EngineLoad.Job text = trial.text(Math.round(atNanos * scale), chance.nextInt(1, 64));
            boolean cancel = chance.nextInt(5) == 0;
            double cancelNanos = atNanos + chance.nextLong(20_000_000L);
            if (cancel && cancelling) {
                trial.timeline.at(Math.round(cancelNanos * scale), text::cancel);
            }
        }
        return trial;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBatchIsOverItsLimitsAndEveryTextEndsOnce(long seed) {
        EmbeddingTrial trial = loaded(seed, 1, true);
        int[] most = {0, 0};
        trial.engine.observe(new EngineObserver() {
            @Override
            public void stepped(int scheduledTokens) {
                most[0] = Math.max(most[0], scheduledTokens);
                most[1] = Math.max(most[1], trial.engine.stats().running());
            }

            @Override
            public void ended(SequenceReport report) {}
        });
        trial.run();
        assertThat(most[0]).isBetween(61, 100);
        assertThat(most[1]).isBetween(2, 6);
        long embedded = 0;
        for (EngineLoad.Job text : trial.load.jobs()) {
            boolean tooLong = text.asked().promptTokens() > 60;
            assertThat(text.isCancelled() || text.failure() != null || text.result() != null).isTrue();
            if (text.result() != null) {
                assertThat(tooLong).isFalse();
                assertThat(text.result()).isEqualTo(new EngineResult(text.asked().promptTokens(), 0, 0));
                embedded += text.asked().promptTokens();
            }
        }
        assertThat(trial.engine.stats().promptTokens()).isEqualTo(embedded);
        assertThat(trial.load.jobs()).anyMatch(EngineLoad.Job::isCancelled);
    }

    @Test
    void theSameLoadGivesTheSameEventsAtTheSameNanoseconds() {
        EmbeddingTrial one = loaded(5, 1, true);
        EmbeddingTrial other = loaded(5, 1, true);
        one.run();
        other.run();
        assertThat(one.load.log()).isEqualTo(other.load.log()).isNotEmpty();
    }

    /// Batches are whole nanoseconds, so each may be off by one.
    @Test
    void doublingAllTimeConstantsDoublesAllTimes() {
        EmbeddingTrial base = loaded(6, 1, false);
        EmbeddingTrial doubled = loaded(6, 2, false);
        base.run();
        doubled.run();
        double batches = base.engine.stats().steps();
        assertThat(doubled.engine.stats().steps()).isEqualTo(base.engine.stats().steps());
        for (int i = 0; i < TEXTS; i++) {
            assertThat(doubled.load.jobs().get(i).endNanos() / 2.0)
                    .isCloseTo((double) base.load.jobs().get(i).endNanos(), within(batches));
        }
    }
}
