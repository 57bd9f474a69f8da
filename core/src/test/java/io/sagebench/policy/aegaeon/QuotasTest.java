package io.sagebench.policy.aegaeon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class QuotasTest {

    @Test
    void theQuotasAreThoseOfThePaper() {
        expect(Quotas.of(1, 4, 0.5, 4, 2), 0.75, 0.875, 2, 4);
        expect(Quotas.of(3, 3, 0.5, 4), 0.25, 0.5, 3);
        expect(Quotas.of(3, 4, 0.5, 4, 4, 4), 0.75, 0.9375, 4, 4, 4);
        expect(Quotas.of(1, 4, 0.5, 4), 0.25, 0.5, 1);
    }

    private static void expect(Quotas quotas, double demand, double alpha, double... seconds) {
        assertThat(quotas.demand()).isCloseTo(demand, within(1e-12));
        assertThat(quotas.alpha()).isCloseTo(alpha, within(1e-12));
        assertThat(quotas.seconds()).hasSize(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            assertThat(quotas.seconds().get(i)).isCloseTo(seconds[i], within(1e-12));
        }
    }

    @Test
    void theSlowerModelHasTheLongerQuota() {
        List<Double> seconds = Quotas.of(1, 4, 0.5, 8, 2, 4).seconds();
        assertThat(seconds.get(1)).isGreaterThan(seconds.get(2));
        assertThat(seconds.get(2)).isGreaterThan(seconds.get(0));
    }

    /// `R = alpha * n_k * q_k` for each batch: each plays for as long as the round takes, over alpha.
    @Test
    void everyBatchPlaysTheSameShareOfTheRound() {
        var chance = new SplittableRandom(5);
        for (int trial = 0; trial < 10_000; trial++) {
            double[] n = new double[chance.nextInt(1, 20)];
            for (int i = 0; i < n.length; i++) {
                n[i] = Math.exp(chance.nextDouble(-2, 6));
            }
            double qmaxSeconds = Math.exp(chance.nextDouble(-3, 3));
            double alphaMin = chance.nextDouble(0.05, 1.5);
            Quotas quotas = Quotas.of(Math.exp(chance.nextDouble(-6, 3)), qmaxSeconds, alphaMin, n);
            assertThat(quotas.alpha()).isGreaterThanOrEqualTo(alphaMin * (1 - 1e-12));
            for (int i = 0; i < n.length; i++) {
                assertThat(quotas.alpha() * n[i] * quotas.seconds().get(i))
                        .as("batch %s of %s", i, quotas)
                        .isCloseTo(quotas.roundSeconds(), Percentage.withPercentage(1e-6));
                assertThat(quotas.seconds().get(i)).isPositive().isLessThanOrEqualTo(qmaxSeconds * (1 + 1e-9));
            }
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> Quotas.of(0, 4, 0.5, 1)).hasMessageContaining("switch seconds");
        assertThatThrownBy(() -> Quotas.of(1, 0, 0.5, 1)).hasMessageContaining("qmax");
        assertThatThrownBy(() -> Quotas.of(1, 4, 0, 1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> Quotas.of(1, 4, 0.5)).hasMessageContaining("number of batches");
        assertThatThrownBy(() -> Quotas.of(1, 4, 0.5, 1, 0)).hasMessageContaining("pace");
    }
}
