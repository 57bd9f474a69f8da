package io.sagebench.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HfTokenizerTest {
    private static final String WORDS = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "one": 1, "two": 2, "three": 3}}}
            """;

    @Test
    void encodesAndDecodesAsTheFileSays() throws IOException {
        try (var tokenizer = HfTokenizer.read("words", new ByteArrayInputStream(WORDS.getBytes(UTF_8)))) {
            assertThat(tokenizer.encode("two one three four")).containsExactly(2, 1, 3, 0);
            assertThat(tokenizer.count("two one")).isEqualTo(2);
            assertThat(tokenizer.decode(new int[] {3, 2})).isEqualTo("three two");
        }
    }

    @Test
    void countsWhatIsFarLongerThanAnyModelsContext() throws IOException {
        try (var tokenizer = HfTokenizer.read("words", new ByteArrayInputStream(WORDS.getBytes(UTF_8)))) {
            assertThat(tokenizer.count("one ".repeat(20_000))).isEqualTo(20_000);
        }
    }

    @Test
    void refusesWhatIsNoTokenizer(@TempDir Path folder) {
        assertThatThrownBy(() -> HfTokenizer.read("file.json", new ByteArrayInputStream("{}".getBytes(UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file.json is not a tokenizer.json");
        assertThatThrownBy(() -> HfTokenizer.read(folder)).isInstanceOf(IOException.class).hasMessageContaining("is not there");
    }
}
