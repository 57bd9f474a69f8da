package io.sagebench.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({"200ms,200000000", "1.5s,1500000000", "2m,120000000000", "1h,3600000000000", "500us,500000", "0ms,0"})
    void readsTimesWithAUnit(String text, long nanos) {
        assertThat(TimeText.nanos(text)).hasValue(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "200", "ms", "-1s", "1 s", "1sec", "1e3s", "999999999999h"})
    void refusesEverythingElse(String text) {
        assertThat(TimeText.nanos(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "0.5ms", "200ms", "1s", "1.5s", "90s", "3600s"})
    void writesWhatItReads(String text) {
        assertThat(TimeText.of(TimeText.nanos(text).orElseThrow())).isEqualTo(text);
    }
}
