package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.Sampling;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TokenPickerTest {
    private static final int DRAWS = 20_000;
    /// Probabilities 0.1, 0.4, 0.2, 0.3.
    private static final float[] LOGITS = {log(0.1), log(0.4), log(0.2), log(0.3)};

    @Test
    void greedyTakesTheLikeliestAndOfEquallyLikelyOnesTheFirst() {
        var picker = new TokenPicker(Sampling.GREEDY, 4);
        assertThat(picker.pick(LOGITS.clone())).isEqualTo(1);
        assertThat(picker.pick(new float[] {1, 3, 3, 2})).isEqualTo(1);
    }

    @Test
    void drawsByTheProbabilities() {
        requireShares(sampling(1, 1, 0), 0.1, 0.4, 0.2, 0.3);
    }

    @Test
    void temperatureSharpensAndFlattens() {
        double sum = 0.01 + 0.16 + 0.04 + 0.09;
        requireShares(sampling(0.5, 1, 0), 0.01 / sum, 0.16 / sum, 0.04 / sum, 0.09 / sum);
        requireShares(sampling(1e-6, 1, 0), 0, 1, 0, 0);
    }

    @Test
    void topKDrawsFromTheLikeliestOnly() {
        requireShares(sampling(1, 1, 2), 0, 0.4 / 0.7, 0, 0.3 / 0.7);
        requireShares(sampling(1, 1, 100), 0.1, 0.4, 0.2, 0.3);
        requireShares(sampling(1, 1, 1), 0, 1, 0, 0);
    }

    @Test
    void topPDrawsFromTheSmallestSetThatReachesTheShare() {
        requireShares(sampling(1, 0.69, 0), 0, 0.4 / 0.7, 0, 0.3 / 0.7);
        requireShares(sampling(1, 0.71, 0), 0, 0.4 / 0.9, 0.2 / 0.9, 0.3 / 0.9);
        requireShares(sampling(1, 0.0001, 0), 0, 1, 0, 0);
    }

    @Test
    void topPIsTheShareOfWhatTopKLeaves() {
        requireShares(sampling(1, 0.58, 3), 0, 0.4 / 0.7, 0, 0.3 / 0.7); // of 0.4, 0.3, 0.2: 0.44, 0.78
        requireShares(sampling(1, 0.44, 3), 0, 1, 0, 0);
    }

    @Test
    void thePenaltyMakesWhatStoodBeforeLessLikely() {
        var picker = new TokenPicker(new Sampling(0, 1, 0, 2, 0, true), 4);
        assertThat(picker.pick(new float[] {3, 4, -1, -1.5f})).isEqualTo(1);
        picker.saw(1);
        assertThat(picker.pick(new float[] {3, 4, -1, -1.5f})).isZero(); // 4 / 2 < 3
        picker.saw(0);
        picker.saw(2);
        assertThat(picker.pick(new float[] {-1, -1.2f, -1, -1.5f})).isEqualTo(3); // -1 * 2, -1.2 * 2
    }

    @Test
    void theLikeliestOfManyAreFoundInTheirOrder() {
        var weights = new float[1000];
        for (int i = 0; i < 1000; i++) {
            weights[i] = i * 7919 % 500; // each twice
        }
        var likeliest = new LikeliestTokens(1000);
        likeliest.of(weights);
        int[] found = new int[1000];
        for (int i = 0; i < 1000; i++) {
            assertThat(likeliest.findNext()).isTrue();
            found[i] = likeliest.found(i);
        }
        assertThat(likeliest.findNext()).isFalse();
        Integer[] expected = new Integer[1000];
        Arrays.setAll(expected, i -> i);
        Arrays.sort(expected, (a, b) -> weights[a] == weights[b] ? a - b : Float.compare(weights[b], weights[a]));
        assertThat(found).containsExactly(expected);
    }

    @Test
    void refusesLogitsThatAreNoNumbers() {
        var picker = new TokenPicker(Sampling.GREEDY, 2);
        assertThatThrownBy(() -> picker.pick(new float[] {Float.NaN, Float.NaN})).isInstanceOf(ArithmeticException.class);
    }

    private static Sampling sampling(double temperature, double topP, int topK) {
        return new Sampling(temperature, topP, topK, 1, 42, true);
    }

    /// Shares within four standard deviations.
    private static void requireShares(Sampling sampling, double... shares) {
        var picker = new TokenPicker(sampling, 4);
        var counts = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            counts[picker.pick(LOGITS.clone())]++;
        }
        for (int token = 0; token < 4; token++) {
            double deviation = Math.sqrt(shares[token] * (1 - shares[token]) / DRAWS);
            assertThat(counts[token] / (double) DRAWS).as("token %d", token).isCloseTo(shares[token], within(4 * deviation + 1e-12));
        }
    }

    private static float log(double probability) {
        return (float) Math.log(probability);
    }
}
