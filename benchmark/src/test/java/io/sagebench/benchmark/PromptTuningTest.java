package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.random.Seed;
import io.sagebench.request.RequestType;
import io.sagebench.request.TextTokens;
import io.sagebench.request.Tokenizer;
import io.sagebench.workload.Wording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromptTuningTest {
    private static final List<Wording.Part> FIFTY_TOKENS = List.of(new Wording.Part(new Seed(1), 50));

    @Test
    void promptsLeaveRoomForWhatTheServerPutsAroundThem() {
        PromptTuning tuning = PromptTuning.of(
                Set.of(RequestType.LLM_CHAT, RequestType.LLM_GENERATE), Optional.empty(), Optional.of((type, text) ->
                        OptionalInt.of(TextTokens.estimate(text.length()) + (type == RequestType.LLM_CHAT ? 9 : 0))));
        assertThat(estimate(tuning.wording().text(RequestType.LLM_CHAT, FIFTY_TOKENS))).isEqualTo(41);
        assertThat(estimate(tuning.wording().text(RequestType.LLM_GENERATE, FIFTY_TOKENS))).isEqualTo(50);
        assertThat(tuning.notes())
                .containsExactly("the server counts 9 tokens around the text of each request (llm_chat): prompts leave room for them");
    }

    @Test
    void aServerThatDoesNotSayChangesNothing() {
        PromptTuning tuning = PromptTuning.of(Set.of(RequestType.LLM_CHAT), Optional.empty(), Optional.of((_, _) -> OptionalInt.empty()));
        assertThat(tuning.wording()).isSameAs(Wording.USUAL);
        assertThat(tuning.notes()).isEmpty();
    }

    @Test
    void saysSoWhenTheServersCountIsNotThatOfTheWords() {
        PromptTuning tuning = PromptTuning.of(
                Set.of(RequestType.LLM_CHAT), Optional.empty(), Optional.of((_, text) -> OptionalInt.of(text.length())));
        assertThat(tuning.notes()).singleElement().asString().contains("counts [47, 191, 599] tokens more than asked", "--tokenizer");
    }

    @Test
    void theModelsTokenizerMakesPromptsOfExactLength() {
        PromptTuning tuning = PromptTuning.of(Set.of(RequestType.LLM_CHAT), Optional.of(new Words()), Optional.empty());
        assertThat(new Words().count(tuning.wording().text(RequestType.LLM_CHAT, FIFTY_TOKENS))).isEqualTo(50);
    }

    private static int estimate(String text) {
        return TextTokens.estimate(text.length());
    }

    /// A token for each word, and another one for each `w`.
    private static final class Words implements Tokenizer {
        @Override
        public String name() {
            return "words";
        }

        @Override
        public int[] encode(String text) {
            return new int[1 + (int) text.chars().filter(character -> character == ' ' || character == 'w').count()];
        }

        @Override
        public String decode(int[] tokens) {
            throw new UnsupportedOperationException();
        }
    }
}
