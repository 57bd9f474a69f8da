package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedPromptsTest {
    /// Counts a token for each word, and one more for each word that begins with a vowel.
    private static final CountedPrompts WORDS = new CountedPrompts("words", CountedPromptsTest::tokens);

    private static int tokens(String text) {
        int tokens = 0;
        for (String word : text.strip().split("\\s+", -1)) {
            tokens += word.isEmpty() ? 0 : "aeiou".indexOf(word.charAt(0)) >= 0 ? 2 : 1;
        }
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 128, 200, 256, 1000})
    void haveTheExactLength(int length) {
        for (int i = 0; i < 5; i++) {
            assertThat(tokens(WORDS.text(new Seed(i), Optional.empty(), length))).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 40, 200})
    void goOnFromTheirBeginningOrAreCut(int length) {
        String text = WORDS.text(new Seed(1), Optional.of("What makes this table of numbers slow?"), length);
        assertThat(text).startsWith("What makes");
        assertThat(tokens(text)).isEqualTo(length);
    }

    @Test
    void areTheSameForTheSameSeedAndOthersForOthers() {
        String text = WORDS.text(new Seed(1), Optional.empty(), 50);
        assertThat(WORDS.text(new Seed(1), Optional.empty(), 50)).isEqualTo(text);
        assertThat(WORDS.text(new Seed(2), Optional.empty(), 50).substring(0, 20)).isNotEqualTo(text.substring(0, 20));
    }

    @Test
    void byTheRuleAreFourCharactersAToken() {
        for (int length : new int[] {1, 7, 128, 200}) {
            assertThat(PromptMaker.BY_RULE.count(PromptMaker.BY_RULE.text(new Seed(1), Optional.empty(), length))).isEqualTo(length);
            assertThat(PromptMaker.BY_RULE.count(PromptMaker.BY_RULE.text(new Seed(1), Optional.of("What is it?"), length))).isEqualTo(length);
        }
    }
}
