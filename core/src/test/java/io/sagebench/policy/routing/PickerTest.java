package io.sagebench.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PickerTest {
    private final SplittableRandom chance = new SplittableRandom(1);

    @Test
    void maxTakesTheHighestAndIgnoresWhatIsBehindTheCount() {
        assertThat(Picker.max(chance).pick(new double[] {0.2, 0.7, 0.1, 9}, 3)).isEqualTo(1);
    }

    @Test
    void maxDrawsAmongEquals() {
        assertThat(shares(Picker.max(chance), 1, 0, 1, 1)).satisfies(share -> {
            assertThat(share[1]).isZero();
            assertThat(share[0]).isCloseTo(1 / 3.0, within(0.02));
            assertThat(share[2]).isCloseTo(1 / 3.0, within(0.02));
        });
    }

    @Test
    void weightedRandomDrawsInProportionToTheScores() {
        assertThat(shares(Picker.weightedRandom(chance), 1, 0, 3)).satisfies(share -> {
            assertThat(share[1]).isZero();
            assertThat(share[2]).isCloseTo(0.75, within(0.02));
        });
    }

    @Test
    void weightedRandomDrawsAmongAllWhenAllAreZero() {
        assertThat(shares(Picker.weightedRandom(chance), 0, 0)[1]).isCloseTo(0.5, within(0.02));
    }

    @Test
    void topRandomDrawsAmongTheHighestWhateverTheirScores() {
        assertThat(shares(Picker.topRandom(2, chance), 0.9, 0.1, 0.2, 0)).satisfies(share -> {
            assertThat(share[0]).isCloseTo(0.5, within(0.02));
            assertThat(share[2]).isCloseTo(0.5, within(0.02));
        });
        assertThat(Picker.topRandom(5, chance).pick(new double[] {0.3}, 1)).isZero();
        assertThatThrownBy(() -> Picker.topRandom(0, chance)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] shares(Picker picker, double... scores) {
        var shares = new double[scores.length];
        for (int i = 0; i < 10_000; i++) {
            shares[picker.pick(scores.clone(), scores.length)] += 1e-4;
        }
        return shares;
    }
}
