package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> NAMES = List.of("fifo", "priority", "slo_aware");

    @ParameterizedTest
    @CsvSource({"fito, fifo", "FIFO, fifo", "ffio, fifo", "slo-awre, slo_aware", "prioritty, priority"})
    void findsTheNearestName(String given, String meant) {
        assertThat(DidYouMean.among(NAMES, given)).contains(meant);
    }

    @Test
    void findsNothingWhenNothingIsNear() {
        assertThat(DidYouMean.among(NAMES, "round_robin")).isEmpty();
    }
}
