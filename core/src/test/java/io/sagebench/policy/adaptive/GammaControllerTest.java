package io.sagebench.policy.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GammaControllerTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "0.81, 1,    1.2", // full
        "0.1,  0.89, 1.2", // promises broken
        "0.59, 0.98, 0.8", // room, promises kept
        "0.59, 0.95, 1",   // room, but not enough kept
        "0.7,  0.98, 1",   // kept, but not enough room
    })
    void movesWithSaturationAndAttainment(double saturation, double attainment, double expected) {
        assertThat(watching(1).target(saturation, OptionalDouble.of(attainment), 9 * SECOND)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void unknownAttainmentIsNoReasonToRaise() {
        assertThat(watching(1).target(0.1, OptionalDouble.empty(), 9 * SECOND)).isCloseTo(0.8, within(1e-9));
    }

    /// One that has watched since time 0.
    private static GammaController watching(double gamma) {
        var controller = new GammaController(gamma);
        assertThat(controller.target(1, OptionalDouble.empty(), 0)).isEqualTo(gamma);
        return controller;
    }

    /// One that is put in force in the middle of a run knows the load of one instant.
    @Test
    void staysForTwoSecondsAfterItBegan() {
        var controller = new GammaController(0);
        assertThat(controller.target(1, OptionalDouble.empty(), 100 * SECOND)).isZero();
        assertThat(controller.target(1, OptionalDouble.empty(), 102 * SECOND - 1)).isZero();
        assertThat(controller.target(1, OptionalDouble.empty(), 102 * SECOND)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void staysForTwoSecondsAfterAChange() {
        var controller = new GammaController(0);
        controller.moveTo(0.2, 10 * SECOND);
        assertThat(controller.target(1, OptionalDouble.empty(), 12 * SECOND - 1)).isEqualTo(0.2);
        assertThat(controller.target(1, OptionalDouble.empty(), 12 * SECOND)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void everyChangeShows() {
        var controller = new GammaController(0);
        controller.moveTo(0.2, 10 * SECOND);
        controller.moveTo(0.4, 12 * SECOND);
        controller.moveTo(0.2, 15 * SECOND);
        var figures = new LinkedHashMap<String, Double>();
        controller.addTo(figures);
        assertThat(figures)
                .containsEntry("gamma", 0.2)
                .containsEntry("gamma_raised", 2.0)
                .containsEntry("gamma_lowered", 1.0)
                .containsEntry("gamma_changed_at", 15.0);
    }

    @Test
    void neverLeavesItsRangeNorMovesFasterThanATenthASecond() {
        var chance = new SplittableRandom(1);
        var controller = new GammaController(0);
        long nowNanos = 0;
        boolean full = false;
        for (int i = 0; i < 5_000; i++) {
            nowNanos += chance.nextLong(SECOND);
            full = chance.nextInt(100) == 0 ? !full : full;
            double before = controller.gamma();
            double target = controller.target(full ? 1 : 0, OptionalDouble.empty(), nowNanos);
            if (target != before) {
                controller.moveTo(target, nowNanos);
            }
            assertThat(controller.gamma()).isBetween(0.0, 2.0).isCloseTo(before, within(0.2 + 1e-9));
        }
    }
}
