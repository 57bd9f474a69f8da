package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputLengthEstimatorTest {
    private static final Optional<String> NOBODY = Optional.empty();
    private final OutputLengthEstimator estimator = new OutputLengthEstimator();

    @Test
    void beforeAnythingWasSeenItExpects256TokensOrAsManyAsAllowed() {
        assertThat(estimator.predict("m", NOBODY, 100, 4_000)).isEqualTo(256);
        assertThat(estimator.predict("m", NOBODY, 100, 20)).isEqualTo(20);
    }

    @Test
    void expectsTheUpperQuartileOfWhatItSaw() {
        for (int length : new int[] {50, 10, 30, 20, 40}) {
            estimator.observe("m", NOBODY, 100, length);
        }
        assertThat(estimator.predict("m", NOBODY, 100, 4_000)).isEqualTo(40);
        assertThat(estimator.predict("m", NOBODY, 100, 35)).as("never more than allowed").isEqualTo(35);
    }

    @Test
    void keepsModelsTenantsAndPromptLengthsApart() {
        estimator.observe("m", NOBODY, 100, 10);
        assertThat(estimator.predict("n", NOBODY, 100, 4_000)).isEqualTo(256);
        assertThat(estimator.predict("m", Optional.of("t"), 100, 4_000)).isEqualTo(256);
        assertThat(estimator.predict("m", NOBODY, 127, 4_000)).as("64 to 127 are alike").isEqualTo(10);
        assertThat(estimator.predict("m", NOBODY, 128, 4_000)).isEqualTo(256);
    }

    @Test
    void forgetsAllButTheLast128() {
        for (int i = 0; i < 500; i++) {
            estimator.observe("m", NOBODY, 100, 1_000 - i);
        }
        for (int i = 0; i < 128; i++) {
            estimator.observe("m", NOBODY, 100, i % 2 == 0 ? 5 : 7);
        }
        assertThat(estimator.predict("m", NOBODY, 100, 4_000)).isEqualTo(7);
    }

    @Test
    void anAnswerIsNeverExpectedToBeEmpty() {
        estimator.observe("m", NOBODY, 1, 0);
        assertThat(estimator.predict("m", NOBODY, 1, 10)).isEqualTo(1);
    }
}
