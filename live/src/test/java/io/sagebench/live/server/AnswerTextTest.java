package io.sagebench.live.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTextTest {

    @Test
    void wordsGoRound() {
        assertThat(AnswerText.WORDS.first(2)).isEqualTo(" the and");
    }

    @Test
    void anEchoIsCutIntoTokensOfFourCharacters() {
        AnswerText echo = AnswerText.repeating("abcdefghi");
        assertThat(echo.tokens()).isEqualTo(3);
        assertThat(echo.first(3)).isEqualTo("abcdefghi");
        assertThat(echo.first(4)).isEqualTo("abcdefghiabcd");
    }

    @Test
    void anEchoIsSafeWithinJson() {
        assertThat(AnswerText.repeating("a\"b\n").first(1)).isEqualTo("a\\\"b\\n");
    }

    @Test
    void anEchoDoesNotTearCharactersApart() {
        assertThat(AnswerText.repeating("abc\uD83D\uDE00def").first(1)).isEqualTo("abc\uD83D\uDE00");
    }

    @Test
    void halfACharacterIsAQuestionMark() {
        assertThat(AnswerText.repeating("\ud800abc\udc00").first(1)).isEqualTo("?abc?");
    }

    @Test
    void nothingIsAnAnswerOfOneEmptyToken() {
        assertThat(AnswerText.repeating("").tokens()).isOne();
        assertThat(AnswerText.repeating("").first(2)).isEmpty();
    }
}
