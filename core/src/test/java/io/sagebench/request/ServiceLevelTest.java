package io.sagebench.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServiceLevelTest {
    private static final ServiceLevel ALL = new ServiceLevel(
            Optional.of(Duration.ofNanos(100)), Optional.of(Duration.ofNanos(10)), Optional.of(Duration.ofNanos(2)));

    @Test
    void isMetUpToEachLimitAndNotBeyond() {
        assertThat(ALL.isMetBy(OptionalLong.of(100), OptionalLong.of(10), OptionalDouble.of(2))).isTrue();
        assertThat(ALL.isMetBy(OptionalLong.of(101), OptionalLong.of(10), OptionalDouble.of(2))).isFalse();
        assertThat(ALL.isMetBy(OptionalLong.of(100), OptionalLong.of(11), OptionalDouble.of(2))).isFalse();
        assertThat(ALL.isMetBy(OptionalLong.of(100), OptionalLong.of(10), OptionalDouble.of(2.1))).isFalse();
    }

    @Test
    void whatCouldNotBeMeasuredBreaksItsPromise() {
        assertThat(ALL.isMetBy(OptionalLong.of(100), OptionalLong.empty(), OptionalDouble.of(2))).isFalse();
        assertThat(ALL.isMetBy(OptionalLong.empty(), OptionalLong.of(10), OptionalDouble.of(2))).isFalse();
        assertThat(ALL.isMetBy(OptionalLong.of(100), OptionalLong.of(10), OptionalDouble.empty())).isFalse();
    }

    @Test
    void nothingPromisedIsAlwaysMet() {
        assertThat(ServiceLevel.NONE.isMetBy(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty())).isTrue();
    }
}
