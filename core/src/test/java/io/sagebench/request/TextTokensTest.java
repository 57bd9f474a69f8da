package io.sagebench.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTokensTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 1", "4, 1", "5, 2", "8, 2", "9, 3", "8589934588, 2147483647"})
    void fourCharactersAreAToken(long characters, int tokens) {
        assertThat(TextTokens.estimate(characters)).isEqualTo(tokens);
    }
}
