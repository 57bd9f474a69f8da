package io.sagebench.live.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.live.files.DatasetReading.Loaded;
import io.sagebench.live.files.DatasetReading.Unreadable;
import io.sagebench.live.files.Datasets.Use;
import io.sagebench.workload.PromptPool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void readsPromptsInBothDocumentedLayouts() {
        PromptPool pool = loaded(
                        """
                        {"id": "qa-1", "category": "qa", "prompt": "Why is the sky blue?", "expected_tokens": 120, "system_prompt": "Be brief.", "priority": "HIGH"}
                        {"prompt_id": "llm_0001", "text": "Write a haiku about rain.", "expected_tokens": 40, "priority": "NORMAL", "category": "creative", "difficulty": "easy"}

                        {"content": "Grüße, 世界 \\u0041"}
                        """,
                        Use.PROMPTS)
                .pool();
        assertThat(texts(pool)).containsExactly("Why is the sky blue?", "Write a haiku about rain.", "Grüße, 世界 A");
        assertThat(pool.system(0)).contains("Be brief.");
        assertThat(pool.outputTokens(0)).hasValue(120);
        assertThat(pool.outputTokens(2)).isEmpty();
        assertThat(pool.promptTokens(0)).as("29 characters").isEqualTo(8);
        assertThat(pool.promptTokens(1)).as("25 characters").isEqualTo(7);
    }

    @Test
    void readsTextsInBothDocumentedLayouts() {
        PromptPool pool = loaded(
                        """
                        {"id": "d-1", "category": "document", "text": "one", "expected_dim": 1024}
                        {"text_id": "embed_001", "texts": ["two", "three"], "model": "BAAI/bge-m3", "batch_size": 2, "category": "query"}
                        {"input": "four"}
                        """,
                        Use.TEXTS)
                .pool();
        assertThat(texts(pool)).containsExactly("one", "two", "three", "four");
    }

    @Test
    void readsConversationsOfShareGptAsVllmChoosesThem() {
        String prompt = "What should I cook for ten people tonight?";
        String conversations = """
                [
                  {"id": "a", "conversations": [{"from": "human", "value": "%s"}, {"from": "gpt", "value": "%s"}]},
                  {"id": "b", "conversations": [{"from": "human", "value": "%s"}]},
                  {"id": "a", "conversations": [{"from": "system", "value": "Be kind."}, {"from": "human", "value": "{not] json, just \\"text\\""}, {"from": "gpt", "value": "I see: you like brackets."}, {"from": "human", "value": "Yes."}]},
                  {"id": "c", "conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "%s"}]},
                  {"id": "d", "conversations": [{"from": "human", "value": "%s"}, {"from": "gpt", "value": "%s"}]}
                ]
                """
                .formatted(prompt, "A stew. ".repeat(10), prompt, "Hello there, friend.", "long ".repeat(900), "A stew. ".repeat(10));
        Loaded loaded = loaded(conversations, Use.PROMPTS);
        assertThat(texts(loaded.pool())).containsExactly(prompt, "{not] json, just \"text\"");
        assertThat(loaded.pool().outputTokens(0)).hasValue(20);
        assertThat(loaded.pool().system(1)).contains("Be kind.");
        assertThat(loaded.notes()).singleElement().asString().contains("3 of 5 rows were left out");
        assertThat(loaded.format()).isEqualTo("ShareGPT conversations");
        String lines = conversations.lines().filter(line -> line.contains("{")).map(line -> line.strip().replaceAll(",$", "")).reduce("", (a, b) -> a + b + "\n");
        assertThat(texts(loaded(lines, Use.PROMPTS).pool())).isEqualTo(texts(loaded.pool()));
    }

    @Test
    void readsCsvWithQuotedCells() {
        PromptPool pool = loaded("id,prompt,expected_tokens,source\r\n1,\"Say \"\"hi\"\",\nplease\",12,x\r\n2,Go on,,y\r\n", Use.PROMPTS).pool();
        assertThat(texts(pool)).containsExactly("Say \"hi\",\nplease", "Go on");
        assertThat(pool.outputTokens(0)).hasValue(12);
        assertThat(pool.outputTokens(1)).isEmpty();
    }

    @Test
    void namesEveryMistakeWithItsLine() {
        assertThat(unreadable(
                        """
                        {"id": "a", "prompt": "fine"}
                        {"id": "a", "prompt": "again"}
                        {"prompt": 7, "expected_tokens": "many", "priority": "URGENT"}
                        {"expected_tokens": 0}
                        {"prompt": "  ", "difficulty": "odd"}
                        {"prompt_id": "prompt_1", "text": "x", "expected_tokens": NaN}
                        {"prompt": "a", "prompt": "b"}
                        {"prompt": "cut""",
                        Use.PROMPTS))
                .containsSubsequence(
                        "line 2: id 'a' stands in line 1, too",
                        "line 3: expected_tokens must be a whole number from 1 to 1000000, but is 'many'",
                        "line 3: priority must be one of [CRITICAL, HIGH, NORMAL, LOW, BACKGROUND], but is 'URGENT'",
                        "line 3: prompt must be a text, but is 7",
                        "line 4: expected_tokens must be a whole number from 1 to 1000000, but is 0",
                        "line 4: has no prompt: one of the keys prompt, text, content, input must have it",
                        "line 5: difficulty must be one of [easy, medium, hard], but is 'odd'",
                        "line 5: prompt must be a text, but is empty",
                        "line 6: is not valid JSON: ",
                        "line 7: is not valid JSON: ",
                        "line 8: is cut off: ");
        assertThat(unreadable("{\"prompt_id\": \"prompt_1\", \"text\": \"x\"}\n", Use.PROMPTS))
                .endsWith("line 1: prompt_id must be llm_ and 3 to 6 digits, but is 'prompt_1'");
        assertThat(unreadable("{\"text_id\": \"embed_001\", \"texts\": [\"a\", 3]}\n{\"texts\": []}\n{\"expected_dim\": -1}", Use.TEXTS))
                .containsSubsequence(
                        "line 1: texts must be a list of 1 to 128 texts, but is a list of others",
                        "line 2: texts must be a list of 1 to 128 texts, but is an empty list",
                        "line 3: expected_dim must be a whole number from 1 to 100000, but is -1",
                        "line 3: has no text: one of the keys texts, text, content, input must have it");
        assertThat(unreadable("id,prompt\n1,a,b\n2,\"open\n", Use.PROMPTS))
                .containsSubsequence("line 2: must have 2 cells, as the header has, but has 3", "line 3: has a quote that is not closed");
    }

    @Test
    void keysThatMeanNothingAreTold() {
        assertThat(loaded("{\"prompt\": \"a\", \"colour\": 1}\n{\"prompt\": \"b\", \"colour\": 2}\n", Use.PROMPTS).notes())
                .containsExactly("made: the key 'colour' is not known and not used (2 rows)");
    }

    @Test
    void checkingTakesThemForMistakes() {
        DataFile file = DataFile.of("made", "{\"prompt\": \"a\"}\n{\"prompt\": \"b\", \"promt\": 2}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(((Unreadable) Datasets.check(file, Use.PROMPTS)).messages()).containsExactly("made, line 2: unknown key 'promt'");
    }

    @Test
    void refusesWhatIsNoDataset() {
        assertThat(unreadable("", Use.PROMPTS)).isEqualTo("made: is empty");
        assertThat(unreadable("hello\n", Use.PROMPTS)).startsWith("made, line 1: is no dataset: expected").endsWith("found 'hello'");
        assertThat(unreadable("[]", Use.PROMPTS)).isEqualTo("made: has no usable rows");
        assertThat(unreadable("[{\"conversations\": []}]", Use.PROMPTS)).startsWith("made: has no usable rows: all 1 were left out; used are");
        assertThat(unreadable("id,prompt\n", Use.PROMPTS)).isEqualTo("made: has no usable rows");
        DatasetReading latin = Datasets.read(
                DataFile.of("made", "{\"prompt\": \"ok\"}\n{\"prompt\": \"Gr\u00FC\u00DFe\"}\n".getBytes(StandardCharsets.ISO_8859_1)), Use.PROMPTS);
        assertThat(((Unreadable) latin).messages()).containsExactly("made, line 2: is not text in UTF-8");
        Path none = directory.resolve("none.jsonl");
        assertThat(((Unreadable) Datasets.read(DataFile.of(none), Use.PROMPTS)).messages()).containsExactly(none + ": there is no such file");
    }

    /// Twenty megabytes of texts, of which none is kept.
    @Test
    void textsStayInTheFile() throws IOException {
        Path file = directory.resolve("large.jsonl");
        String filling = "words and words ".repeat(120);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write('\uFEFF');
            for (int i = 0; i < 10_000; i++) {
                out.write("{\"id\": \"" + i + "\", \"prompt\": \"number " + i + " " + filling + "\"}\n");
            }
        }
        PromptPool pool = ((Loaded) Datasets.read(DataFile.of(file), Use.PROMPTS)).pool();
        assertThat(pool.size()).isEqualTo(10_000);
        assertThat(pool.text(9_999)).startsWith("number 9999 words");
        assertThat(pool.text(0)).startsWith("number 0 words");
        assertThat(pool.promptTokens(5_000)).isEqualTo((pool.text(5_000).length() + 3) / 4);
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> pool.text(7)).hasMessageContaining("has become shorter while it was in use");
    }

    private static List<String> texts(PromptPool pool) {
        return LongStream.range(0, pool.size()).mapToObj(pool::text).toList();
    }

    private static Loaded loaded(String text, Use use) {
        DatasetReading reading = Datasets.read(DataFile.of("made", text.getBytes(StandardCharsets.UTF_8)), use);
        assertThat(reading).isInstanceOf(Loaded.class);
        return (Loaded) reading;
    }

    private static String unreadable(String text, Use use) {
        DatasetReading reading = Datasets.read(DataFile.of("made", text.getBytes(StandardCharsets.UTF_8)), use);
        assertThat(reading).isInstanceOf(Unreadable.class);
        return String.join("\n", ((Unreadable) reading).messages());
    }
}
