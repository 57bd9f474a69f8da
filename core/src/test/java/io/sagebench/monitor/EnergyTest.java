package io.sagebench.monitor;

import static io.sagebench.monitor.Samples.FIRST;
import static io.sagebench.monitor.Samples.counter;
import static io.sagebench.monitor.Samples.power;
import static io.sagebench.monitor.Samples.seconds;
import static io.sagebench.monitor.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.monitor.Energy.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyTest {
    private static final long WINDOW_NANOS = seconds(4);
    private static final long GAP_NANOS = seconds(1);

    private static Energy of(Sample.Gpu... samples) {
        return Energy.of(List.of(samples), WINDOW_NANOS, GAP_NANOS).orElseThrow();
    }

    @Test
    void powerIsIntegratedByTrapezoids() {
        // 0-1 s: (100+200)/2, 1-3 s: (200+100)/2 * 2, 3-4 s: 100
        Energy energy = of(power(FIRST, 0, 100), power(FIRST, 1, 200), power(FIRST, 3, 100), power(FIRST, 4, 100));
        assertThat(energy.joules()).isCloseTo(150 + 300 + 100, within(1e-9));
        assertThat(energy.source()).isEqualTo(Source.INTEGRATED_POWER);
    }

    @Test
    void neighboursOutsideTheWindowSayWhatThePowerWasAtItsEdges() {
        // at 0 s: 150 W, at 4 s: 250 W, straight between
        assertThat(of(power(FIRST, -1, 125), power(FIRST, 5, 275)).joules()).isCloseTo(4 * 200, within(1e-9));
    }

    @Test
    void theNearestPowerHoldsForAShortWayToTheEdges() {
        assertThat(of(power(FIRST, 0.5, 100), power(FIRST, 3.5, 100)).joules()).isCloseTo(400, within(1e-9));
    }

    @Test
    void samplesThatCoverOnlyAPartSayNothingOfTheWhole() {
        assertThat(Energy.of(List.of(power(FIRST, 0, 100), power(FIRST, 2, 100)), WINDOW_NANOS, GAP_NANOS)).isEmpty();
        assertThat(Energy.of(List.of(power(FIRST, 2, 100), power(FIRST, 4, 100)), WINDOW_NANOS, GAP_NANOS)).isEmpty();
        assertThat(Energy.of(List.of(), WINDOW_NANOS, GAP_NANOS)).isEmpty();
        assertThat(Energy.of(List.of(silent(FIRST, 0), silent(FIRST, 4)), WINDOW_NANOS, GAP_NANOS)).isEmpty();
    }

    @Test
    void theCounterOfTheDeviceWinsOverItsPower() {
        // the counter grows by 100 J/s, whatever the power of 1,000 W says
        Energy energy = of(counter(FIRST, -0.5, 1_000), counter(FIRST, 2, 1_250), counter(FIRST, 4.5, 1_500));
        assertThat(energy.joules()).isCloseTo(400, within(1e-9));
        assertThat(energy.source()).isEqualTo(Source.COUNTER);
    }

    @Test
    void aCounterThatFellOrStoodStillIsLeftAlone() {
        assertThat(of(counter(FIRST, 0, 500), counter(FIRST, 2, 10), counter(FIRST, 4, 20)).source()).isEqualTo(Source.INTEGRATED_POWER);
        assertThat(of(counter(FIRST, 0, 500), counter(FIRST, 4, 500)).source()).isEqualTo(Source.INTEGRATED_POWER);
    }
}
