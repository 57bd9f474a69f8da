package io.sagebench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.sagebench.inference.tiny.PlainDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The runtime's logits against the same weights computed in plain Java.
class DecoderStepTest {
    /// Single precision over two layers against double.
    private static final double TOLERANCE = 2e-4;

    private static final PlainDecoder PLAIN = PlainDecoder.shipped();
    private static final LoadedModel MODEL = LoadedModel.tiny(CpuEngineSettings.DEFAULTS);
    private static final DecoderGraph GRAPH = (DecoderGraph) MODEL.graph();
    private static final int[] PROMPT = new SplittableRandom(1).ints(40, 0, 1024).toArray();

    private DecoderStep step;

    @BeforeEach
    void prepare() throws OrtException {
        step = new DecoderStep(GRAPH);
    }

    @AfterEach
    void nothingStaysOpen() {
        step.close();
        assertThat(GRAPH.openCaches().get()).isZero();
    }

    @AfterAll
    static void free() {
        MODEL.close();
    }

    @Test
    void logitsAreThoseOfThePlainComputation() throws OrtException {
        double[][] expected = PLAIN.logits(PROMPT);
        for (int length : new int[] {1, 2, 17, 40}) {
            try (Cache empty = GRAPH.emptyCache(1);
                    Cache cache = step.run(empty, new int[][] {Arrays.copyOf(PROMPT, length)}, new int[] {0})) {
                assertThat(cache.length()).isEqualTo(length);
                requireClose(step.logits(0), expected[length - 1]);
            }
        }
    }

    @Test
    void tokenByTokenInChunksAndAllAtOnceAreTheSame() throws OrtException {
        double[][] expected = PLAIN.logits(PROMPT);
        for (int chunk : new int[] {1, 7, 40}) {
            Cache cache = GRAPH.emptyCache(1);
            for (int from = 0; from < PROMPT.length; from += chunk) {
                int to = Math.min(PROMPT.length, from + chunk);
                Cache next = step.run(cache, new int[][] {Arrays.copyOfRange(PROMPT, from, to)}, new int[] {0});
                cache.close();
                cache = next;
                requireClose(step.logits(0), expected[to - 1]);
            }
            cache.close();
        }
    }

    @Test
    void rowsOfDifferentLengthsDoNotDisturbEachOther() throws OrtException {
        try (Cache first = computed(Arrays.copyOf(PROMPT, 5));
                Cache second = computed(Arrays.copyOfRange(PROMPT, 10, 30));
                Cache both = CacheRows.together(GRAPH, List.of(new CacheRows.Row(first, 0, 0), new CacheRows.Row(second, 0, 0)));
                Cache after = step.run(both, new int[][] {{PROMPT[5]}, {PROMPT[30]}}, new int[] {15, 0})) {
            assertThat(both.length()).isEqualTo(20);
            requireClose(step.logits(0), PLAIN.logits(Arrays.copyOf(PROMPT, 6))[5]);
            requireClose(step.logits(1), PLAIN.logits(Arrays.copyOfRange(PROMPT, 10, 31))[20]);
            try (Cache left = CacheRows.together(GRAPH, List.of(new CacheRows.Row(after, 0, 15)));
                    Cache alone = step.run(left, new int[][] {{PROMPT[6]}}, new int[] {0})) {
                assertThat(alone.length()).isEqualTo(7);
                requireClose(step.logits(0), PLAIN.logits(Arrays.copyOf(PROMPT, 7))[6]);
            }
        }
    }

    private Cache computed(int[] tokens) throws OrtException {
        try (Cache empty = GRAPH.emptyCache(1)) {
            return step.run(empty, new int[][] {tokens}, new int[] {0});
        }
    }

    private static void requireClose(float[] logits, double[] expected) {
        for (int token = 0; token < expected.length; token++) {
            assertThat((double) logits[token]).as("token %d", token).isCloseTo(expected[token], within(TOLERANCE));
        }
    }
}
