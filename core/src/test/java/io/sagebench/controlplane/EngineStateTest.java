package io.sagebench.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineStateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STARTING | READY DRAINING ERROR",
                "READY    | DRAINING ERROR",
                "DRAINING | STARTING STOPPED",
                "STOPPED  | STARTING",
                "ERROR    | STARTING DRAINING",
            })
    void onlyTheseMovesAreLegal(EngineState from, String successors) {
        assertThat(Arrays.stream(EngineState.values())
                        .filter(from::mayBecome)
                        .map(EngineState::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(successors);
    }
}
