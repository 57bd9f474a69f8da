package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Sampling;
import io.sagebench.inference.tiny.PlainEncoder;
import io.sagebench.inference.tiny.TinyModels;
import io.sagebench.inference.tiny.TinyShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddingTest {
    private static final CpuEngineSettings SETTINGS = CpuEngineSettings.DEFAULTS.withMaxConcurrent(4);
    private static final PlainEncoder PLAIN = new PlainEncoder();

    @Test
    void embeddingsAreThoseOfThePlainComputation() {
        try (var running = new RunningEngine(LoadedModel.tinyEncoder(SETTINGS), SETTINGS)) {
            for (int length : new int[] {1, 9, 60}) {
                var asked = texts(text(length, length));
                running.embed(asked);
                assertThat(asked.result()).isEqualTo(new EngineResult(length, 0, 0));
                assertThat(asked.vectors).hasSize(1);
                requireClose(asked.vectors.getFirst(), PLAIN.embedding(text(length, length)));
            }
        }
    }

    @Test
    void textsOfAllLengthsAreEmbeddedTogetherAsEachAlone() {
        try (var running = new RunningEngine(LoadedModel.tinyEncoder(SETTINGS), SETTINGS)) {
            List<int[]> many = IntStream.range(0, 10).mapToObj(i -> text(i, 1 + 5 * i)).toList();
            var whole = new Asked(Sampling.GREEDY, many);
            var single = texts(text(77, 12));
            asleep(running, true); // so that both are there before it takes its first texts
            running.embed(whole);
            running.embed(single);
            asleep(running, false);
            assertThat(single.result().promptTokens()).isEqualTo(12);
            assertThat(whole.result().promptTokens()).isEqualTo(many.stream().mapToInt(text -> text.length).sum());
            assertThat(whole.vectors).hasSize(10);
            for (int i = 0; i < 10; i++) {
                requireClose(whole.vectors.get(i), PLAIN.embedding(many.get(i)));
            }
            requireClose(single.vectors.getFirst(), PLAIN.embedding(text(77, 12)));
            assertThat(running.stats().steps()).isEqualTo(3); // 11 texts, 4 at a time
            assertThat(running.stats().waiting()).isZero();
        }
    }

    private static void asleep(RunningEngine running, boolean asleep) {
        running.timeline.call(() -> {
            if (asleep) {
                running.engine.sleep();
            } else {
                running.engine.wake();
            }
            return true;
        });
    }

    @Test
    void theFirstTokensVectorIsTakenWhereTheModelSaysSo(@TempDir Path folder) throws IOException {
        TinyModels.write(TinyModels.encoder(TinyShape.ENCODER), folder);
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        Files.delete(folder.resolve("modules.json"));
        try (var running = new RunningEngine(LoadedModel.read(folder, SETTINGS), SETTINGS)) {
            var asked = new Asked(Sampling.GREEDY, List.of(text(1, 9), text(2, 30)));
            running.embed(asked);
            asked.result();
            requireClose(asked.vectors.get(0), PLAIN.vectors(text(1, 9))[0]);
            requireClose(asked.vectors.get(1), PLAIN.vectors(text(2, 30))[0]);
        }
    }

    @Test
    void refusesWhatItCannotEmbed() {
        try (var running = new RunningEngine(LoadedModel.tinyEncoder(SETTINGS), SETTINGS)) {
            var tooLong = new Asked(Sampling.GREEDY, List.of(text(1, 10), text(2, 513)));
            running.embed(tooLong);
            assertThat(tooLong.failure().message()).contains("maximum context length is 512 tokens, but 513 were asked for (513 in the text)");
            var chat = texts(text(1, 5));
            running.ask(chat, 10);
            assertThat(chat.failure().message()).contains("only embeds texts");
        }
    }

    @Test
    void aCancelledJobIsNotEmbedded() {
        try (var running = new RunningEngine(LoadedModel.tinyEncoder(SETTINGS), SETTINGS)) {
            var asked = new Asked(Sampling.GREEDY, IntStream.range(0, 50).mapToObj(i -> text(i, 500)).toList());
            running.cancel(running.embed(asked));
            var after = texts(text(1, 5));
            running.embed(after);
            after.result();
            assertThat(running.timeline.call(asked::isOver)).isFalse();
        }
    }

    private static Asked texts(int[] text) {
        return new Asked(Sampling.GREEDY, List.of(text));
    }

    private static int[] text(long seed, int length) {
        return new SplittableRandom(seed).ints(length, 0, 1024).toArray();
    }

    private static void requireClose(float[] vector, double[] expected) {
        assertThat(vector).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) vector[i]).isCloseTo(expected[i], within(2e-5));
        }
    }
}
