package io.sagebench.perf.inference;

import ai.onnxruntime.OrtException;
import io.sagebench.benchmark.engine.CpuModel;
import io.sagebench.benchmark.engine.CpuServing;
import io.sagebench.inference.CpuEngineSettings;
import io.sagebench.inference.LoadedModel;
import io.sagebench.inference.hub.ModelUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// How fast the engine that computes is, beside a direct loop over the same runtime, in turns. Arguments: `speed [ROUNDS]`, `ttft`, `memory [FOLDER]`,
/// `serve FOLDER`, which prints its URL and runs until it is killed, or `http FOLDER URL [ROUNDS]` against it.
public final class CpuInference {
    private static final int VOCABULARY = 1024;
    private static final int PROMPT_TOKENS = 64;
    private static final int OUTPUT_TOKENS = 512;

    private CpuInference() {}

    /// See the class.
    public static void main(String[] arguments) throws IOException, OrtException, InterruptedException, ModelUnavailable {
        switch (arguments[0]) {
            case "speed" -> speed(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15);
            case "ttft" -> ttft();
            case "memory" -> memory(arguments);
            case "serve" -> serve(arguments[1]);
            case "http" -> http(Path.of(arguments[1]), URI.create(arguments[2]), arguments.length > 3 ? Integer.parseInt(arguments[3]) : 7);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void speed(int rounds) throws IOException, OrtException {
        System.out.printf("%d prompt tokens, %d output tokens, medians of %d rounds in turns; tokens/s%n", PROMPT_TOKENS, OUTPUT_TOKENS, rounds);
        System.out.printf("%8s %8s %12s %12s %8s%n", "threads", "batch", "direct", "engine", "ratio");
        byte[] graph = shippedGraph();
        for (int threads : new int[] {1, 2}) {
            var settings = CpuEngineSettings.DEFAULTS.withThreads(threads);
            try (var engine = new EngineLoop(LoadedModel.tiny(settings), settings);
                    var direct = new DirectLoop(graph, threads, VOCABULARY)) {
                for (int batch : new int[] {1, 4, 8}) {
                    compare(direct, engine, threads, batch, rounds);
                }
            }
        }
    }

    private static void compare(DirectLoop direct, EngineLoop engine, int threads, int batch, int rounds) throws OrtException {
        int[][] prompts = prompts(batch);
        var directRates = new double[rounds];
        var engineRates = new double[rounds];
        for (int round = -3; round < rounds; round++) {
            long beganNanos = System.nanoTime();
            int[][] expected = direct.run(prompts, OUTPUT_TOKENS);
            long betweenNanos = System.nanoTime();
            List<EngineLoop.Answer> answers = engine.run(prompts, OUTPUT_TOKENS);
            long endedNanos = System.nanoTime();
            for (int i = 0; i < batch; i++) {
                if (!Arrays.equals(expected[i], answers.get(i).tokens())) {
                    throw new IllegalStateException("the engine does not say what the loop says");
                }
            }
            if (round >= 0) {
                directRates[round] = batch * OUTPUT_TOKENS * 1e9 / (betweenNanos - beganNanos);
                engineRates[round] = batch * OUTPUT_TOKENS * 1e9 / (endedNanos - betweenNanos);
            }
        }
        double ratio = median(engineRates) / median(directRates);
        System.out.printf("%8d %8d %12.0f %12.0f %8.2f%n", threads, batch, median(directRates), median(engineRates), ratio);
    }

    private static void serve(String folder) throws IOException, InterruptedException, ModelUnavailable {
        var config = CpuServing.Config.of(new CpuModel(folder), CpuEngineSettings.DEFAULTS);
        System.out.println(CpuServing.start(config, Throwable::printStackTrace).url());
        Thread.currentThread().join(); // until it is killed
    }

    private static void http(Path folder, URI server, int rounds) throws IOException, OrtException {
        System.out.printf("over HTTP, threads 1, hidden size %s; tokens/s%n", folder.getFileName());
        System.out.printf("%8s %12s %12s %8s %12s %8s%n", "batch", "direct", "whole", "ratio", "streamed", "ratio");
        String name = folder.getFileName().toString();
        try (var direct = new DirectLoop(Files.readAllBytes(folder.resolve("model.onnx")), 1, VOCABULARY);
                var whole = new HttpLoop(server, name, false);
                var streamed = new HttpLoop(server, name, true)) {
            for (int batch : new int[] {1, 4, 8}) {
                int[][] prompts = prompts(batch);
                var rates = new double[3][rounds];
                for (int round = -3; round < rounds; round++) {
                    long[] nanos = new long[4];
                    nanos[0] = System.nanoTime();
                    direct.run(prompts, OUTPUT_TOKENS);
                    nanos[1] = System.nanoTime();
                    whole.run(prompts, OUTPUT_TOKENS);
                    nanos[2] = System.nanoTime();
                    streamed.run(prompts, OUTPUT_TOKENS);
                    nanos[3] = System.nanoTime();
                    for (int way = 0; way < 3 && round >= 0; way++) {
                        rates[way][round] = batch * OUTPUT_TOKENS * 1e9 / (nanos[way + 1] - nanos[way]);
                    }
                }
                double plain = median(rates[0]);
                System.out.printf(
                        "%8d %12.0f %12.0f %8.2f %12.0f %8.2f%n",
                        batch, plain, median(rates[1]), median(rates[1]) / plain, median(rates[2]), median(rates[2]) / plain);
            }
        }
    }

    private static int[][] prompts(int batch) {
        var prompts = new int[batch][];
        Arrays.setAll(prompts, i -> prompt(i, PROMPT_TOKENS));
        return prompts;
    }

    private static void ttft() {
        var settings = CpuEngineSettings.DEFAULTS;
        try (var engine = new EngineLoop(LoadedModel.tiny(settings), settings)) {
            for (int length : new int[] {64, 512, 1024}) {
                var times = new double[31];
                for (int i = -10; i < times.length; i++) {
                    long nanos = engine.ttftNanos(prompt(i, length));
                    if (i >= 0) {
                        times[i] = nanos / 1e6;
                    }
                }
                System.out.printf("TTFT of %4d prompt tokens: %.2f ms%n", length, median(times));
            }
        }
    }

    private static void memory(String[] arguments) throws IOException {
        var settings = CpuEngineSettings.DEFAULTS;
        LoadedModel model = arguments.length > 1 ? LoadedModel.read(Path.of(arguments[1]), settings) : LoadedModel.tiny(settings);
        String name = model.name();
        try (var engine = new EngineLoop(model, settings)) {
            System.out.printf("%-12s loaded: %s%n", name, memory());
            var prompts = new int[8][];
            Arrays.setAll(prompts, i -> prompt(i, 1024));
            engine.run(prompts, OUTPUT_TOKENS);
            System.out.printf("%-12s after 8 requests of 1024 + %d tokens at once: %s%n", name, OUTPUT_TOKENS, memory());
        }
    }

    private static String memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> "peak " + Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                .findFirst()
                .orElse("unknown");
    }

    private static int[] prompt(long seed, int length) {
        return new SplittableRandom(seed).ints(length, 0, VOCABULARY - 1).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static byte[] shippedGraph() throws IOException {
        try (InputStream in = Objects.requireNonNull(LoadedModel.class.getResourceAsStream("tiny/decoder/model.onnx"))) {
            return in.readAllBytes();
        }
    }
}
