package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
import io.sagebench.request.TextTokens;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTextTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50, 333, 4096})
    void aTextOfNTokensHasNWordsAndIsEstimatedAtNTokens(int tokens) {
        String text = PromptText.of(new Seed(tokens), tokens);
        assertThat(text.split(" ", -1)).hasSize(tokens).allSatisfy(word -> assertThat(word).matches("[a-z]{3}"));
        assertThat(text).hasSize(4 * tokens - 1);
        assertThat(TextTokens.estimate(text.length())).isEqualTo(tokens);
    }

    @Test
    void textsOfDifferentRequestsShareNoLongPrefix() {
        Set<String> beginnings = new HashSet<>();
        var texts = new Seed(1);
        for (int i = 0; i < 10_000; i++) {
            // 16 words of 64: a chance of 10,000^2 / 2 / 64^16, so practically none, that two begin alike
            assertThat(beginnings.add(PromptText.of(texts.child(i), 16))).isTrue();
        }
    }

    @Test
    void aLongerTextOfTheSameSeedBeginsLikeTheShorterOne() {
        assertThat(PromptText.of(new Seed(3), 40)).startsWith(PromptText.of(new Seed(3), 20));
    }

    @Test
    void aTextStaysTheSameAcrossVersions() {
        assertThat(PromptText.of(new Seed(42), 4)).isEqualTo("our air put any");
    }
}
