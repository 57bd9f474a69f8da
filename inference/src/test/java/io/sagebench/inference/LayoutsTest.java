package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.inference.tiny.PlainDecoder;
import io.sagebench.inference.tiny.TinyModels;
import io.sagebench.inference.tiny.TinyShape;
import io.sagebench.inference.tiny.TinyShape.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Folders and graphs as different exporters write them: whatever the cut, the same weights say the same.
@Timeout(120)
class LayoutsTest {
    private static final CpuEngineSettings SETTINGS = CpuEngineSettings.DEFAULTS.withPrefillChunkTokens(16).withMaxConcurrent(4);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = Cut.class, names = {"HALF_CACHE", "NO_PAST"}, mode = EnumSource.Mode.EXCLUDE)
    void everyCutSaysTheSame(Cut cut) throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER.with(cut)), folder);
        requirePlainAnswers(PlainDecoder.shipped());
    }

    @Test
    void headsOfKeysMayBeFewer() throws IOException {
        TinyShape shape = TinyShape.DECODER.withKvHeads(2);
        TinyModels.write(TinyModels.decoder(shape), folder);
        requirePlainAnswers(PlainDecoder.of(shape));
    }

    /// Half precision moves the logits, so that only nearly all tokens are the same; alone and in a batch they must be the same.
    @Test
    void theCacheMayBeOf16BitFloats() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER.with(Cut.HALF_CACHE)), folder);
        try (var running = new RunningEngine(LoadedModel.read(folder, SETTINGS), SETTINGS)) {
            var alone = Asked.greedy(prompt(1));
            running.ask(alone, 40);
            alone.result();
            List<Integer> plain = PlainDecoder.shipped().likeliest(prompt(1), alone.tokens);
            assertThat(IntStream.range(0, 40).filter(i -> plain.get(i).equals(alone.tokens.get(i))).count()).isGreaterThan(35);
            var together = IntStream.range(0, 4).mapToObj(i -> Asked.greedy(prompt(i))).toList();
            together.forEach(asked -> running.ask(asked, 40));
            together.forEach(Asked::result);
            assertThat(together.get(1).tokens).isEqualTo(alone.tokens);
        }
    }

    @Test
    void theGraphMayStandInAFolderOfItsOwn() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TinyModels.decoder(TinyShape.DECODER.with(Cut.MERGED)).forEach((file, bytes) -> files.put(file.endsWith(".onnx") ? "onnx/" + file : file, bytes));
        TinyModels.write(files, folder);
        requirePlainAnswers(PlainDecoder.shipped());
    }

    @Test
    void anotherGraphOfTheFolderCanBeAskedFor() throws IOException {
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER), folder);
        Files.move(folder.resolve("model.onnx"), folder.resolve("mine.onnx"));
        Files.writeString(folder.resolve("model.onnx"), "this one is not asked for");
        try (var model = LoadedModel.read(folder, SETTINGS.withOnnxFile("mine.onnx"))) {
            assertThat(model.kind()).isEqualTo(LoadedModel.Kind.DECODER);
        }
    }

    @Test
    void saysWhetherItBatchesDifferentLengths() throws IOException {
        try (var model = LoadedModel.tiny(SETTINGS)) {
            assertThat(model.capabilities()).contains("batches requests of any lengths");
        }
        TinyModels.write(TinyModels.decoder(TinyShape.DECODER.with(Cut.NO_POSITION_IDS)), folder);
        try (var model = LoadedModel.read(folder, SETTINGS)) {
            assertThat(model.capabilities()).anyMatch(line -> line.startsWith("batches only requests whose contexts are equally long"));
        }
    }

    private void requirePlainAnswers(PlainDecoder plain) throws IOException {
        try (var running = new RunningEngine(LoadedModel.read(folder, SETTINGS), SETTINGS)) {
            var asked = IntStream.range(0, 6).mapToObj(i -> Asked.greedy(prompt(i))).toList();
            asked.forEach(one -> running.ask(one, 30));
            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i).result().outputTokens()).isEqualTo(30);
                assertThat(asked.get(i).tokens).as("prompt %d", i).isEqualTo(plain.likeliest(prompt(i), asked.get(i).tokens));
            }
            running.engine.close();
            assertThat(running.openCaches()).isZero();
        }
    }

    /// Two of each length.
    private static int[] prompt(int i) {
        return new SplittableRandom(i).ints(5 + 15 * (i / 2), 0, 1023).toArray();
    }
}
