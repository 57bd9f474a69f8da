package io.sagebench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import io.sagebench.request.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactPromptsTest {
    private static final Seed SEED = new Seed(5);
    /// As GPT-2's: a word with the blank before it is one token, when it is in the vocabulary.
    private static final Tokenizer USUAL = new WordTokenizer(Set.of());
    /// Knows words only with a blank before them, as a small vocabulary does that was learnt from whole texts.
    private static final Tokenizer BLANK_FIRST = new WordTokenizer(Set.of("start"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 64, 1000})
    void aPromptHasExactlyTheAskedTokens(int tokens) {
        assertThat(USUAL.count(ExactPrompts.of(USUAL).prompt(SEED, 3, tokens))).isEqualTo(tokens);
        assertThat(BLANK_FIRST.count(ExactPrompts.of(BLANK_FIRST).prompt(SEED, 3, tokens))).isEqualTo(tokens);
    }

    @Test
    void promptsDifferWithinTheirFirstTokens() {
        ExactPrompts prompts = ExactPrompts.of(USUAL);
        var beginnings = new HashSet<List<String>>();
        for (int number = 0; number < 20_000; number++) {
            List<String> beginning = words(prompts.prompt(SEED, number, 12)).subList(0, 5);
            assertThat(beginnings.add(beginning)).as("prompt %s", number).isTrue();
        }
        assertThat(words(prompts.prompt(SEED, 0, 9)).getFirst())
                .as("neighbours differ at once")
                .isNotEqualTo(words(prompts.prompt(SEED, 1, 9)).getFirst());
    }

    @Test
    void theSameSeedAndNumberGiveTheSamePromptAndAnotherSeedAnother() {
        ExactPrompts prompts = ExactPrompts.of(USUAL);
        assertThat(prompts.prompt(SEED, 7, 20)).isEqualTo(ExactPrompts.of(USUAL).prompt(SEED, 7, 20));
        assertThat(prompts.prompt(SEED, 7, 20)).isNotEqualTo(prompts.prompt(new Seed(6), 7, 20));
    }

    @Test
    void textsForTheSendPathAreExactWithoutAskingAgain() {
        var tokenizer = new WordTokenizer(Set.of());
        ExactPrompts prompts = ExactPrompts.of(tokenizer);
        int asked = tokenizer.asked;
        String text = prompts.text(
                RequestType.LLM_CHAT, List.of(new Wording.Part(SEED, 40), new Wording.Part(SEED.child("own"), 60)));
        assertThat(tokenizer.asked).isEqualTo(asked);
        assertThat(tokenizer.count(text)).isEqualTo(100);
        String other = prompts.text(
                RequestType.LLM_CHAT, List.of(new Wording.Part(SEED, 40), new Wording.Part(SEED.child("other"), 60)));
        assertThat(words(text).subList(0, 40)).isEqualTo(words(other).subList(0, 40));
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\S+").matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void leavesRoomForWhatTheServerPutsAroundATextOfThatType() {
        Wording prompts = ExactPrompts.of(USUAL).leavingRoomFor(Map.of(RequestType.LLM_CHAT, 9));
        List<Wording.Part> parts = List.of(new Wording.Part(SEED, 30));
        assertThat(USUAL.count(prompts.text(RequestType.LLM_CHAT, parts))).isEqualTo(21);
        assertThat(USUAL.count(prompts.text(RequestType.LLM_GENERATE, parts))).isEqualTo(30);
        assertThat(USUAL.count(prompts.text(RequestType.LLM_CHAT, List.of(new Wording.Part(SEED, 4))))).as("at least one").isOne();
        List<Wording.Part> turns = List.of(new Wording.Part(SEED, 5), new Wording.Part(SEED, 3), new Wording.Part(SEED, 4));
        assertThat(prompts.text(RequestType.LLM_CHAT, turns)).as("from the end").isEqualTo(prompts.text(RequestType.LLM_GENERATE, List.of(new Wording.Part(SEED, 3))));
    }

    @Test
    void saysWhenThereAreNoSuchPrompts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactPrompts.of(new LetterTokenizer()))
                .withMessageContaining("letters")
                .withMessageContaining("prompts of an exact length cannot be made");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExactPrompts.of(USUAL).prompt(SEED, 1_000_000, 2))
                .withMessageContaining("different prompts of 2 tokens");
    }

    /// A token for each word with the blank before it; words that it does not know in their place are two.
    private static final class WordTokenizer implements Tokenizer {
        private static final Pattern WORD = Pattern.compile(" ?[^ ]+| ");
        private final Set<String> quirks;
        private int asked;

        WordTokenizer(Set<String> quirks) {
            this.quirks = quirks;
        }

        @Override
        public String name() {
            return "words";
        }

        @Override
        public int[] encode(String text) {
            asked++;
            var tokens = new ArrayList<Integer>();
            for (MatchResult word : WORD.matcher(text).results().toList()) {
                tokens.add(word.group().hashCode());
                if (!word.group().startsWith(" ") && quirks.contains("start")) {
                    tokens.add(1);
                }
            }
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public String decode(int[] tokens) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class LetterTokenizer implements Tokenizer {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public int[] encode(String text) {
            return text.chars().toArray();
        }

        @Override
        public String decode(int[] tokens) {
            throw new UnsupportedOperationException();
        }
    }
}
