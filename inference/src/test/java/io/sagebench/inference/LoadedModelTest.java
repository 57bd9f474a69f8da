package io.sagebench.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sagebench.engine.Sampling;
import io.sagebench.inference.tiny.TinyModels;
import io.sagebench.inference.tiny.TinyShape;
import io.sagebench.inference.tiny.TinyShape.Cut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelTest {
    private static final CpuEngineSettings SETTINGS = CpuEngineSettings.DEFAULTS;

    @TempDir
    private Path folder;

    @Test
    void readsWhatTheFilesSay() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder.resolve("my-model"));
        try (var model = LoadedModel.read(folder.resolve("my-model"), SETTINGS.withContextTokens(500))) {
            assertThat(model.name()).isEqualTo("my-model");
            assertThat(model.kind()).isEqualTo(LoadedModel.Kind.DECODER);
            assertThat(model.contextTokens()).isEqualTo(500);
            assertThat(model.vocabularySize()).isEqualTo(1024);
            assertThat(model.eosTokens()).containsExactly(1023);
            assertThat(model.chatTemplate().orElseThrow()).contains("add_generation_prompt");
            assertThat(model.specialTokens()).containsEntry("eos_token", "<|endoftext|>");
            String text = "Why do leaves turn red in autumn? Voilà: 日本語 🙂";
            assertThat(model.tokenizer().decode(model.tokenizer().encode(text))).isEqualTo(text);
            assertThat(model.inputTokens(text)).isEqualTo(model.tokenizer().encode(text));
        }
    }

    @Test
    void thoseThatShipNeedNoFiles() {
        try (var decoder = LoadedModel.tiny(SETTINGS);
                var encoder = LoadedModel.tinyEncoder(SETTINGS)) {
            assertThat(decoder.name()).isEqualTo("sage-tiny");
            assertThat(decoder.contextTokens()).isEqualTo(2048);
            assertThat(encoder.kind()).isEqualTo(LoadedModel.Kind.ENCODER);
            assertThat(encoder.contextTokens()).isEqualTo(512);
            assertThat(encoder.capabilities()).contains("embeddings by MEAN pooling, normalised");
            int[] plain = encoder.tokenizer().encode("two words");
            int[] whole = encoder.inputTokens("two words");
            assertThat(whole).hasSize(plain.length + 2).startsWith(1022).endsWith(1023);
            assertThat(Arrays.copyOfRange(whole, 1, whole.length - 1)).isEqualTo(plain);
        }
    }

    @Test
    void anAnswerEndsAtTheTokenThatEndsTexts() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder);
        int[] prompt = {5, 6, 7};
        int third;
        try (var running = RunningEngine.tiny(SETTINGS)) {
            var asked = Asked.greedy(prompt);
            running.ask(asked, 20);
            asked.result();
            third = asked.tokens.get(2);
            assertThat(asked.tokens.subList(0, 2)).doesNotContain(third);
        }
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [1023, " + third + "]}");
        try (var running = new RunningEngine(LoadedModel.read(folder, SETTINGS), SETTINGS)) {
            var ends = new Asked(new Sampling(0, 1, 0, 1, 0, false), List.of(prompt));
            running.ask(ends, 20);
            assertThat(ends.result().outputTokens()).isEqualTo(3);
            assertThat(ends.tokens).hasSize(3).endsWith(third);
            var goesOn = Asked.greedy(prompt);
            running.ask(goesOn, 20);
            assertThat(goesOn.result().outputTokens()).isEqualTo(20);
        }
    }

    /// The table of positions ends at 2048, whatever the configuration says, and the runtime refuses to look behind its end.
    @Test
    void whatTheRuntimeCannotComputeFailsAndTheEngineGoesOn() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder);
        Files.writeString(folder.resolve("config.json"), "{\"n_positions\": 4096, \"eos_token_id\": 1023}");
        try (var running = new RunningEngine(LoadedModel.read(folder, SETTINGS), SETTINGS)) {
            var inPrompt = Asked.greedy(new int[3000]);
            running.ask(inPrompt, 5);
            assertThat(inPrompt.failure().status()).isEqualTo(500);
            assertThat(inPrompt.failure().message()).startsWith("the runtime could not compute the prompt: ");
            var inAnswer = Asked.greedy(new int[2040]);
            running.ask(inAnswer, 20);
            assertThat(inAnswer.failure().message()).startsWith("the runtime could not compute the next token: ");
            assertThat(inAnswer.counted).isEqualTo(9); // places 2040 to 2048 are told by what stands before them
            var after = Asked.greedy(1, 2, 3);
            running.ask(after, 5);
            assertThat(after.result().outputTokens()).isEqualTo(5);
            running.engine.close();
            assertThat(running.openCaches()).isZero();
        }
    }

    @Test
    void namesAllThatIsMissingAndTheCommandThatMakesIt() throws IOException {
        refused(folder.resolve("none"), "is no folder", "optimum-cli export onnx --model ID --task text-generation-with-past");
        refused(folder, "lacks config.json and tokenizer.json and model.onnx (or decoder_model_merged.onnx", "optimum-cli export onnx --model ID");
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder);
        Files.delete(folder.resolve("tokenizer.json"));
        refused(folder, "lacks tokenizer.json. ");
        Files.delete(folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("decoder_with_past_model.onnx"), "");
        refused(folder, "lacks tokenizer.json and model.onnx", "as older exporters write them, are not run");
    }

    @Test
    void noticesFilesThatWereCutOff() throws IOException {
        var files = TinyModels.decoder(TinyShape.DECODER);
        byte[] graph = requireNonNull(files.get("model.onnx"));
        TinyModels.write(files, folder);
        Files.write(folder.resolve("model.onnx"), Arrays.copyOf(graph, graph.length / 2));
        refused(folder, "model.onnx cannot be read by ONNX Runtime", "may have been cut off");
        Files.write(folder.resolve("model.onnx"), graph);
        Files.writeString(folder.resolve("config.json"), "{\"n_positions\": 20");
        refused(folder, "config.json is no JSON");
        TinyModels.write(files, folder);
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {");
        refused(folder, "tokenizer.json is no JSON");
    }

    @Test
    void noticesWeightsThatAreMissing() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER.with(Cut.EXTERNAL_WEIGHTS)), folder);
        Files.delete(folder.resolve("model.onnx_data"));
        refused(folder, "a file of weights beside it, may have been cut off or left out");
    }

    @Test
    void noticesATokenizerOfAnotherModel() throws IOException {
        var files = TinyModels.decoder(TinyShape.DECODER);
        String tokenizer = new String(requireNonNull(files.get("tokenizer.json")), StandardCharsets.UTF_8);
        TinyModels.write(files, folder);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.replace(": 1023,", ": 5000,").replace(" : 1023\n", " : 5000\n").replace("\"id\" : 1023", "\"id\" : 5000"));
        refused(folder, "tokenizer.json does not belong to", "tokens up to 5000, but the model knows 1024");
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "one": 1}}}
                """);
        refused(folder, "tokenizer.json does not belong to", "tokens up to 1, but the model knows 1024");
    }

    @Test
    void refusesAGraphWithoutACache() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER.with(Cut.NO_PAST)), folder);
        refused(folder, "exported without its key-value cache", "--task text-generation-with-past");
    }

    @Test
    void refusesAModelWithoutAContextLength() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder);
        Files.writeString(folder.resolve("config.json"), "{}");
        refused(folder, "does not say how long the context is");
    }

    private static void refused(Path model, String... parts) {
        assertThatThrownBy(() -> LoadedModel.read(model, SETTINGS))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContainingAll(parts);
    }
}
