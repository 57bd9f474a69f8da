package io.sagebench.inference;

import ai.onnxruntime.OrtException;
import io.sagebench.engine.EngineSpeed;
import java.util.List;

/// Runs a graph for the first time: whether it runs at all, and roughly how fast.
final class FirstRun {
    private static final int PROMPT_TOKENS = 32;
    private static final int STEPS = 3;

    private FirstRun() {}

    /// Computes a short prompt and some tokens, or a short text.
    ///
    /// @param contextTokens the longest context
    static EngineSpeed measure(ModelGraph graph, int contextTokens) throws OrtException {
        int length = Math.max(1, Math.min(PROMPT_TOKENS, contextTokens - STEPS));
        return switch (graph) {
            case DecoderGraph decoder -> decode(decoder, length);
            case EncoderGraph encoder -> embed(encoder, length);
        };
    }

    private static EngineSpeed decode(DecoderGraph graph, int length) throws OrtException {
        int[] noPadding = {0};
        try (var step = new DecoderStep(graph)) {
            long beganNanos = System.nanoTime();
            Cache cache = graph.emptyCache(1);
            Cache before = cache;
            cache = step.run(before, new int[][] {new int[length]}, noPadding);
            before.close();
            long promptNanos = System.nanoTime() - beganNanos;
            for (int i = 0; i < STEPS; i++) {
                before = cache;
                cache = step.run(before, new int[][] {{0}}, noPadding);
                before.close();
            }
            cache.close();
            double stepNanos = (System.nanoTime() - beganNanos - promptNanos) / (double) STEPS;
            return new EngineSpeed(stepNanos, Math.max(0, promptNanos - stepNanos) / length, 0, stepNanos, 0, 0);
        }
    }

    private static EngineSpeed embed(EncoderGraph graph, int length) throws OrtException {
        graph.embed(List.of(new int[length]));
        long beganNanos = System.nanoTime();
        graph.embed(List.of(new int[length]));
        return new EngineSpeed(0, (System.nanoTime() - beganNanos) / (double) length, 0, 0, 0, 0);
    }
}
