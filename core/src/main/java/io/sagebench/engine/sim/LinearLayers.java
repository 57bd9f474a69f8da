package io.sagebench.engine.sim;

import java.util.List;
import java.util.Optional;

/// The time of all linear layers of a model in one step: `g0 + g1 * max(0, n - n0)` for n tokens.
///
/// @param g0Millis reading the weights
/// @param n0Tokens tokens up to which that is what takes the time
/// @param g1Micros each further token
/// @param basis    where the three come from
record LinearLayers(double g0Millis, double n0Tokens, double g1Micros, Basis basis) {

    /// Where constants come from.
    enum Basis {
        /// Fitted to profiled kernels of this model, or of one with the same linear layers.
        PROFILED,
        /// Follows from the GPU's data sheet and the model's dimensions.
        DERIVED
    }

    /// What was measured or once derived for one model on one GPU.
    private record Row(String gpu, String model, int tensorParallel, LinearLayers layers) {}

    /// Fits of `g0 + g1 * max(0, n - n0)` to profiled linear layers: A100, H100 and A40 from Vidur's profiles (mean error 3 to 6 %), RTX 4090 and
    /// RTX PRO 6000 from LLMServingSim's (vLLM 0.19).
    private static final List<Row> PROFILED = List.of(
            profiled("a100", "llama2-7b", 1, 9.85, 88, 62.5),
            profiled("a100", "llama2-7b", 2, 5.23, 48, 30.72),
            profiled("a100", "llama2-7b", 4, 3.20, 40, 15.94),
            profiled("a100", "llama2-7b", 8, 2.34, 56, 9.35),
            profiled("a100", "llama3-8b", 1, 10.69, 80, 67.5),
            profiled("a100", "llama3-8b", 2, 5.93, 64, 33.42),
            profiled("a100", "llama3-8b", 4, 3.58, 56, 17.46),
            profiled("a100", "llama3-8b", 8, 2.38, 48, 9.68),
            profiled("a100", "llama2-70b", 2, 46.18, 56, 307.12),
            profiled("a100", "llama2-70b", 4, 26.26, 72, 159.11),
            profiled("a100", "llama2-70b", 8, 14.87, 64, 84.23),
            profiled("a100", "llama3-70b", 2, 46.39, 56, 312.67),
            profiled("a100", "llama3-70b", 4, 26.3, 72, 161),
            profiled("a100", "llama3-70b", 8, 15.29, 72, 85.88),
            profiled("a100", "codellama-34b", 1, 44.51, 64, 294.16),
            profiled("a100", "codellama-34b", 2, 24.02, 80, 152.40),
            profiled("a100", "codellama-34b", 4, 13.22, 80, 77.68),
            profiled("a100", "codellama-34b", 8, 7.79, 72, 42.16),
            profiled("h100", "llama2-7b", 1, 5.89, 80, 19.3),
            profiled("h100", "llama2-7b", 2, 3.32, 56, 10.37),
            profiled("h100", "llama2-7b", 4, 2.06, 32, 6.02),
            profiled("h100", "llama2-7b", 8, 1.47, 0, 3.78),
            profiled("h100", "llama2-70b", 2, 26.66, 112, 103.80),
            profiled("h100", "llama2-70b", 4, 15.5, 112, 53.4),
            profiled("h100", "llama2-70b", 8, 8.48, 40, 29.33),
            profiled("h100", "codellama-34b", 1, 24.83, 120, 102.04),
            profiled("h100", "codellama-34b", 2, 13.74, 112, 50.54),
            profiled("h100", "codellama-34b", 4, 7.96, 88, 26.48),
            profiled("h100", "codellama-34b", 8, 4.80, 72, 15.31),
            profiled("a40", "llama2-7b", 1, 27.23, 104, 120.13),
            profiled("a40", "llama2-7b", 2, 13.31, 80, 62.03),
            profiled("a40", "llama2-7b", 4, 7.57, 104, 34.31),
            profiled("a40", "llama2-7b", 8, 4.32, 96, 20.38),
            profiled("a40", "llama2-70b", 4, 71.74, 136, 321.21),
            profiled("a40", "llama2-70b", 8, 37.02, 112, 168.67),
            profiled("a40", "codellama-34b", 2, 72.15, 144, 306.43),
            profiled("a40", "codellama-34b", 4, 34.62, 88, 156.83),
            profiled("a40", "codellama-34b", 8, 18.29, 72, 85.43),
            profiled("rtx4090", "llama3-8b", 1, 16.30, 120, 87.3),
            profiled("rtxpro6000", "llama3-8b", 1, 10.8, 176, 38.0));

    /// Derived by the rules long ago and rounded. They stay as they were, so that results of other versions compare; the rules give the same
    /// within a few percent.
    private static final List<Row> DERIVED = List.of(
            derived("a100", "llama2-13b", 18.3, 88, 123),
            derived("h100", "llama2-13b", 11.1, 88, 38.9),
            derived("h100", "llama3-8b", 6.1, 112, 21.4),
            derived("a100", "qwen2.5-7b", 9.4, 88, 63.4),
            derived("h100", "qwen2.5-7b", 5.7, 112, 20.0),
            derived("a100", "mistral-7b", 10.1, 80, 67.8),
            derived("h100", "mistral-7b", 6.1, 112, 21.4),
            derived("a100", "qwen2.5-0.5b", 0.5, 96, 3.5));

    private static Row profiled(String gpu, String model, int tensorParallel, double g0, double n0, double g1) {
        return new Row(gpu, model, tensorParallel, new LinearLayers(g0, n0, g1, Basis.PROFILED));
    }

    private static Row derived(String gpu, String model, double g0, double n0, double g1) {
        return new Row(gpu, model, 1, new LinearLayers(g0, n0, g1, Basis.DERIVED));
    }

    /// What the tables have for this model on this GPU: under its own name, else of a model with the same linear layers.
    static Optional<LinearLayers> tabled(ModelShape model, Gpu gpu, int tensorParallel) {
        return find(PROFILED, model, gpu, tensorParallel, true)
                .or(() -> find(DERIVED, model, gpu, tensorParallel, true))
                .or(() -> find(PROFILED, model, gpu, tensorParallel, false))
                .or(() -> find(DERIVED, model, gpu, tensorParallel, false));
    }

    private static Optional<LinearLayers> find(
            List<Row> rows, ModelShape model, Gpu gpu, int tensorParallel, boolean byName) {
        return rows.stream()
                .filter(row -> row.tensorParallel == tensorParallel && isOf(row, gpu))
                .filter(row -> byName
                        ? row.model.equals(model.name())
                        : ModelShape.named(row.model).orElseThrow().hasTheLinearLayersOf(model))
                .map(Row::layers)
                .findFirst();
    }

    /// Only for the very GPU of the catalogue: one that a user describes may have its name.
    private static boolean isOf(Row row, Gpu gpu) {
        return Gpu.named(row.gpu).filter(gpu::equals).isPresent();
    }
}
