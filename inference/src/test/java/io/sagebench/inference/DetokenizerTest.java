package io.sagebench.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetokenizerTest {
    private static final String WORDS = """
            {"version": "1.0", "added_tokens": [{"id": 4, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
              "normalized": false, "special": true}],
             "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
             "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
             "model": {"type": "WordLevel", "unk_token": "▁?", "vocab": {"▁?": 0, "▁one": 1, "▁two": 2, "▁three": 3, "<end>": 4}}}
            """;

    @Test
    void withholdsTextWhileACharacterIsIncomplete() {
        try (var model = LoadedModel.tiny(CpuEngineSettings.DEFAULTS)) {
            int[] tokens = model.tokenizer().encode("é🙂 日本");
            var detokenizer = model.detokenizer(new int[0]);
            var pieces = new ArrayList<String>();
            for (int token : tokens) {
                pieces.add(detokenizer.add(token));
            }
            assertThat(tokens.length).isGreaterThan(5);
            assertThat(pieces).hasSize(tokens.length).filteredOn(piece -> !piece.isEmpty()).containsExactly("é", "🙂", " ", "日", "本");
            assertThat(detokenizer.finish()).isEmpty();
        }
    }

    @Test
    void allPiecesAreTheTextOfAllTokens() {
        try (var model = LoadedModel.tiny(CpuEngineSettings.DEFAULTS)) {
            String text = "Why do leaves turn red in autumn?\n  def f(x): return \"naïve\" 🙂\uD83C\uDDEB\uD83C\uDDF7 fin";
            assertThat(String.join("", pieces(model, model.tokenizer().encode(text)))).isEqualTo(text);
        }
    }

    @Test
    void bytesThatNeverBecomeACharacterAreTold() {
        try (var model = LoadedModel.tiny(CpuEngineSettings.DEFAULTS)) {
            int[] smile = model.tokenizer().encode("🙂");
            int a = model.tokenizer().encode("a")[0];
            assertThat(String.join("", pieces(model, smile[0], a))).isEqualTo("\uFFFDa");
            assertThat(String.join("", pieces(model, a, smile[0]))).isEqualTo("a\uFFFD");
            int[] stray = new int[100];
            java.util.Arrays.fill(stray, smile[0]);
            assertThat(pieces(model, stray).subList(0, 20)).anyMatch(piece -> !piece.isEmpty());
        }
    }

    @Test
    void spacesAtTheBeginningOfWordsAreKeptAndSpecialTokensHaveNoText() throws IOException {
        try (var tokenizer = HfTokenizer.read("words", new ByteArrayInputStream(WORDS.getBytes(UTF_8)))) {
            var fresh = new Detokenizer(tokenizer::decodePlain);
            assertThat(List.of(fresh.add(1), fresh.add(2), fresh.add(4), fresh.add(3))).containsExactly("one", " two", "", " three");
            var afterPrompt = new Detokenizer(tokenizer::decodePlain, 2, 3);
            assertThat(List.of(afterPrompt.add(1), afterPrompt.add(2))).containsExactly(" one", " two");
        }
    }

    private static List<String> pieces(LoadedModel model, int... tokens) {
        var detokenizer = model.detokenizer(new int[0]);
        var pieces = new ArrayList<String>();
        for (int token : tokens) {
            pieces.add(detokenizer.add(token));
        }
        pieces.add(detokenizer.finish());
        return pieces;
    }
}
