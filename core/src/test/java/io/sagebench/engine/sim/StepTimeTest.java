package io.sagebench.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTimeTest {
    private static final StepTime STEP =
            new StepTime(1, 10, 80, 50, 0.004, 0.1, 1.25, 0.35, 2, 0.8, 0.002, StepTime.AllReduce.NONE);

    @Test
    void everyTermCountsAsWorkedOutByHand() {
        // 1 + 10 + 0.05 * (2050 - 80) + 0.004 * 3 + 1.25 * 0.0001 * 1000 + 0.35 + 2e-6 * 2e6 + 0.8 + 0.002 * 2
        assertThat(STEP.nanos(2050, 3, 1000, 1, 2e6, 2)).isEqualTo(114_791_000);
    }

    @Test
    void upToTheKneeTokensAreFree() {
        assertThat(STEP.nanos(80, 1, 0, 0, 0, 0)).isEqualTo(STEP.nanos(1, 1, 0, 0, 0, 0)).isEqualTo(11_804_000);
        assertThat(STEP.nanos(81, 1, 0, 0, 0, 0)).isEqualTo(11_854_000);
    }

    @Test
    void severalGpusTalkTwiceALayer() {
        var allReduce = new StepTime.AllReduce(4, 80, 0.01, 16_384, 155);
        // 2 * 80 * (0.01 + 100 * 16384 * 2 * 3/4 / 155e6)
        assertThat(allReduce.millis(100)).isCloseTo(160 * (0.01 + 2_457_600 / 155e6), within(1e-12));
        assertThat(StepTime.AllReduce.NONE.millis(100)).isZero();
    }

    @Test
    void aStepThatTakesNoTimeIsRefused() {
        assertThatThrownBy(() -> new StepTime(0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, StepTime.AllReduce.NONE))
                .hasMessage("a step must take time: t0, g0 and h0 are all 0");
        assertThatThrownBy(() -> new StepTime(1, 0, 0, -1, 1, 1, 1, 1, 1, 0, 1, StepTime.AllReduce.NONE))
                .hasMessage("g1 must be a finite number of at least 0, but was -1.0");
    }

    /// What public profiles of these models on these cards show.
    @ParameterizedTest
    @CsvSource({"llama3-8b-h100, 7, 8", "llama3-8b-a100, 11, 13", "llama3-70b-h100-tp4, 18, 21"})
    void aDecodeStepOfOneSequenceIsWithinTheKnownBand(String profile, double leastMillis, double mostMillis) {
        assertThat(stepOf(profile).nanos(1, 1, 512, 0, 0, 1) / 1e6).isBetween(leastMillis, mostMillis);
    }

    @Test
    void aChunkOf2048TokensOnAnH100IsWithinTheKnownBand() {
        assertThat(stepOf("llama3-8b-h100").nanos(2048, 1, 0, 1, 2048 * 1024.0, 1) / 1e6).isBetween(45.0, 60.0);
    }

    private static StepTime stepOf(String profile) {
        return EngineProfiles.named(profile).orElseThrow().stepTime();
    }
}
