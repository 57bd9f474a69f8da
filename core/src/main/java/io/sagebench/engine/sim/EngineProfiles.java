package io.sagebench.engine.sim;

import java.util.List;
import java.util.Optional;

/// The profiles that ship: models in bf16 with 90 % of the GPU's memory for weights and KV cache. Linear-layer constants are profiled for the
/// Llama models on A100 and RTX 4090, Llama-2 on H100 and the 70B models, and derived from the hardware for the others; attention and output
/// layer follow from the hardware and the model's dimensions.
public final class EngineProfiles {
    private static final int BLOCK_SIZE = 16;
    private static final long API_NANOS = 5_000_000;
    private static final long TOKEN_DELAY_NANOS = 50_000;

    private static final List<EngineProfile> ALL = List.of(
            linear(9.85, 88, 62.5).on(Gpu.A100).of(Model.LLAMA2_7B, 0.286, 118_900),
            linear(5.89, 80, 19.3).on(Gpu.H100).of(Model.LLAMA2_7B, 0.174, 118_900),
            linear(18.3, 88, 123).on(Gpu.A100).of(Model.LLAMA2_13B, 0.446, 60_800),
            linear(11.1, 88, 38.9).on(Gpu.H100).of(Model.LLAMA2_13B, 0.272, 60_800),
            linear(10.69, 80, 67.5).on(Gpu.A100).of(Model.LLAMA3_8B, 0.0714, 455_900),
            linear(6.1, 112, 21.4).on(Gpu.H100).of(Model.LLAMA3_8B, 0.0435, 455_900),
            linear(26.3, 72, 161).on(Gpu.A100).times(4).of(Model.LLAMA3_70B, 0.0446, 494_800),
            linear(15.5, 112, 53.4).on(Gpu.H100).times(4).of(Model.LLAMA3_70B, 0.0272, 485_000),
            linear(9.4, 88, 63.4).on(Gpu.A100).of(Model.QWEN25_7B, 0.0312, 1_056_000),
            linear(5.7, 112, 20.0).on(Gpu.H100).of(Model.QWEN25_7B, 0.0190, 1_046_000),
            linear(10.1, 80, 67.8).on(Gpu.A100).of(Model.MISTRAL_7B, 0.0714, 467_900),
            linear(6.1, 112, 21.4).on(Gpu.H100).of(Model.MISTRAL_7B, 0.0435, 467_900),
            linear(16.30, 120, 87.3).on(Gpu.RTX4090).of(Model.LLAMA3_8B, 0.141, 41_408),
            linear(0.5, 96, 3.5).on(Gpu.A100).of(Model.QWEN25_05B, 0.0067, 6_000_000));

    private EngineProfiles() {}

    /// The profile of that name, if it ships.
    public static Optional<EngineProfile> named(String name) {
        return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// All of them.
    public static List<EngineProfile> all() {
        return ALL;
    }

    /// Peak bf16 speed, memory bandwidth, the shares of each that kernels reach, and the bus between GPUs. Data-sheet peaks; the shares come
    /// from profiles where there are any.
    private enum Gpu {
        A100("a100", 312, 2.04, 0.68, 0.45, 155),
        H100("h100", 989, 3.35, 0.68, 0.30, 380),
        RTX4090("rtx4090", 165, 1.008, 0.88, 0.70, 16);

        private final String label;
        private final double teraflops;
        private final double terabytesPerSecond;
        private final double weightShare;
        private final double attentionShare;
        private final double busGigabytesPerSecond;

        Gpu(
                String label,
                double teraflops,
                double terabytesPerSecond,
                double weightShare,
                double attentionShare,
                double busGigabytesPerSecond) {
            this.label = label;
            this.teraflops = teraflops;
            this.terabytesPerSecond = terabytesPerSecond;
            this.weightShare = weightShare;
            this.attentionShare = attentionShare;
            this.busGigabytesPerSecond = busGigabytesPerSecond;
        }
    }

    /// The dimensions of a model.
    private enum Model {
        LLAMA2_7B("llama2-7b", 32, 4096, 32, 128, 32_000, 4_096),
        LLAMA2_13B("llama2-13b", 40, 5120, 40, 128, 32_000, 4_096),
        LLAMA3_8B("llama3-8b", 32, 4096, 32, 128, 128_256, 32_768),
        LLAMA3_70B("llama3-70b", 80, 8192, 64, 128, 128_256, 32_768),
        QWEN25_7B("qwen2.5-7b", 28, 3584, 28, 128, 152_064, 32_768),
        MISTRAL_7B("mistral-7b", 32, 4096, 32, 128, 32_000, 32_768),
        QWEN25_05B("qwen2.5-0.5b", 24, 896, 14, 64, 151_936, 32_768);

        private final String label;
        private final int layers;
        private final int hidden;
        private final int heads;
        private final int headDim;
        private final int vocabulary;
        private final int maxModelLen;

        Model(String label, int layers, int hidden, int heads, int headDim, int vocabulary, int maxModelLen) {
            this.label = label;
            this.layers = layers;
            this.hidden = hidden;
            this.heads = heads;
            this.headDim = headDim;
            this.vocabulary = vocabulary;
            this.maxModelLen = maxModelLen;
        }
    }

    private static Linear linear(double g0, double n0, double g1Micros) {
        return new Linear(g0, n0, g1Micros);
    }

    private record Linear(double g0, double n0, double g1Micros) {
        OnGpus on(Gpu gpu) {
            return new OnGpus(this, gpu, 1);
        }
    }

    private record OnGpus(Linear linear, Gpu gpu, int count) {
        private static final double BYTES = 2;

        OnGpus times(int gpus) {
            return new OnGpus(linear, gpu, gpus);
        }

        EngineProfile of(Model model, double aKvMicros, int kvTokens) {
            double outputLayerMillis = model.vocabulary
                    * (double) model.hidden
                    * BYTES
                    / count
                    / (gpu.weightShare * gpu.terabytesPerSecond * 1e12)
                    * 1e3;
            double queryKeyNanos = 4.0
                    * model.layers
                    * model.heads
                    * model.headDim
                    / count
                    / (gpu.attentionShare * gpu.teraflops * 1e12)
                    * 1e9;
            var allReduce = count == 1
                    ? StepTime.AllReduce.NONE
                    : new StepTime.AllReduce(
                            count, model.layers, 0.01, model.hidden * BYTES, gpu.busGigabytesPerSecond);
            var stepTime = new StepTime(
                    1.0,
                    linear.g0,
                    linear.n0,
                    linear.g1Micros,
                    0.004,
                    aKvMicros,
                    1.25,
                    0.35,
                    queryKeyNanos,
                    outputLayerMillis,
                    0.002,
                    allReduce);
            String name = model.label + "-" + gpu.label + (count == 1 ? "" : "-tp" + count);
            return new EngineProfile(
                    name,
                    model.label,
                    stepTime,
                    new EngineProfile.Scheduler(256, 2048, model.maxModelLen, BLOCK_SIZE),
                    kvTokens / BLOCK_SIZE,
                    new EngineProfile.Overhead(API_NANOS, TOKEN_DELAY_NANOS));
        }
    }
}
