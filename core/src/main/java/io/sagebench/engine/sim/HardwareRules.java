package io.sagebench.engine.sim;

import io.sagebench.request.Check;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a model on some GPUs of a kind takes for its steps and holds in its KV cache, by rules: bytes over bandwidth and operations over
/// arithmetic, each at the share of the peak that kernels reach ([Gpu.Efficiency]). Where the linear layers of the model were profiled on the
/// GPU, these constants count instead. Nothing is fitted to a run of an engine.
///
/// @param model             what is served, in bf16
/// @param gpu               on what
/// @param tensorParallel    on how many; a divisor of the model's heads
/// @param memoryUtilization the share of the memory the engine takes (`gpu_memory_utilization`), above 0 and at most 1
public record HardwareRules(ModelShape model, Gpu gpu, int tensorParallel, double memoryUtilization) {
    /// What engines take of the memory by default.
    public static final double USUAL_UTILIZATION = 0.9;

    private static final double RESERVED_BYTES = 1.5e9;
    private static final int BLOCK_SIZE = 16;
    private static final int MOST_GPUS = 64;
    /// Between 80 and 130 in profiles of one GPU.
    private static final double N0_TOKENS = 96;
    private static final double ALL_REDUCE_MILLIS = 0.01;

    public HardwareRules {
        Check.atLeast(1, tensorParallel, "tensor_parallel");
        if (model.attention().heads() % tensorParallel != 0) {
            throw new IllegalArgumentException("tensor_parallel must divide the " + model.attention().heads()
                    + " attention heads of " + model.name() + ", but was " + tensorParallel);
        }
        if (!(memoryUtilization > 0 && memoryUtilization <= 1)) {
            throw new IllegalArgumentException(
                    "gpu_memory_utilization must be above 0 and at most 1, but was " + memoryUtilization);
        }
    }

    /// With the usual share of the memory.
    public HardwareRules(ModelShape model, Gpu gpu, int tensorParallel) {
        this(model, gpu, tensorParallel, USUAL_UTILIZATION);
    }

    /// `MODEL-GPU`, and `-tpN` with more than one.
    public String name() {
        return model.name() + "-" + gpu.name() + (tensorParallel == 1 ? "" : "-tp" + tensorParallel);
    }

    /// Whether the linear layers were profiled, rather than derived.
    public boolean isProfiled() {
        return linearLayers().basis() == LinearLayers.Basis.PROFILED;
    }

    LinearLayers linearLayers() {
        return LinearLayers.tabled(model, gpu, tensorParallel).orElseGet(this::derivedLinearLayers);
    }

    /// `g0 = linear weight bytes / TP / (eta_w W)`, without embedding and output layer; `g1 = 2 * linear parameters / TP / (eta_f F)`.
    LinearLayers derivedLinearLayers() {
        double parametersEach = (double) model.linearParameters() / tensorParallel;
        return new LinearLayers(
                parametersEach * ModelShape.BYTES / bandwidth(gpu.efficiency().weights()) * 1e3,
                N0_TOKENS,
                2 * parametersEach / arithmetic(gpu.efficiency().gemm()) * 1e6,
                LinearLayers.Basis.DERIVED);
    }

    /// The constants of [StepTime], of which `t0`, `a_seq`, `rho`, `a_pf` and `h1` are the same for all.
    public StepTime stepTime() {
        LinearLayers linear = linearLayers();
        return new StepTime(
                1.0,
                linear.g0Millis(),
                linear.n0Tokens(),
                linear.g1Micros(),
                0.004,
                kvReadMicros(),
                1.25,
                0.35,
                queryKeyNanos(),
                outputLayerMillis(),
                0.002,
                allReduce());
    }

    /// `h0 = vocabulary * hidden * bytes / TP / (eta_w W)`
    private double outputLayerMillis() {
        double bytesEach = (double) model.vocabulary() * model.hidden() * ModelShape.BYTES / tensorParallel;
        return bytesEach / bandwidth(gpu.efficiency().weights()) * 1e3;
    }

    /// `a_kv = KV bytes a token / TP / (eta_kv W)`; with more GPUs than KV heads each has one.
    private double kvReadMicros() {
        return model.kvBytesPerToken(tensorParallel) / bandwidth(gpu.efficiency().kvCache()) * 1e6;
    }

    /// `a_qk = 4 * layers * heads * head size / TP / (eta_a F)`
    private double queryKeyNanos() {
        double operations = 4.0 * model.layers() * model.attention().heads() * model.attention().headDim() / tensorParallel;
        return operations / arithmetic(gpu.efficiency().attention()) * 1e9;
    }

    private StepTime.AllReduce allReduce() {
        return tensorParallel == 1
                ? StepTime.AllReduce.NONE
                : new StepTime.AllReduce(
                        tensorParallel,
                        model.layers(),
                        ALL_REDUCE_MILLIS,
                        (double) model.hidden() * ModelShape.BYTES,
                        gpu.busGigabytesPerSecond());
    }

    /// Blocks of 16 tokens of KV cache that the rules leave room for; 0 when the model does not fit.
    public int kvBlocks() {
        return kvBlocks(BLOCK_SIZE);
    }

    /// `tokens = (utilization * memory * TP - weights - 1.5 GB * TP) / KV bytes a token`, in whole blocks of `blockSize` tokens.
    public int kvBlocks(int blockSize) {
        double free = (memoryUtilization * gpu.memoryBytes() - RESERVED_BYTES) * tensorParallel - model.weightBytes();
        double bytesPerToken = (double) model.kvBytesPerToken(tensorParallel) * tensorParallel;
        return Math.max(0, (int) Math.min(Integer.MAX_VALUE, free / bytesPerToken / blockSize));
    }

    /// Why the model cannot be served so, and with how many GPUs it could; empty when it can.
    public Optional<String> misfit() {
        if (kvBlocks() > 0) {
            return Optional.empty();
        }
        double needed = model.weightBytes() + RESERVED_BYTES * tensorParallel;
        double there = memoryUtilization * gpu.memoryBytes() * tensorParallel;
        String cards = tensorParallel == 1 ? "one " + gpu.fullName() + " gives" : tensorParallel + " x " + gpu.fullName() + " give";
        String remedy = fittingTensorParallel()
                .map(gpus -> "it fits from tensor_parallel " + gpus + " on")
                .orElse("it fits on no number of them");
        return Optional.of(String.format(
                Locale.ROOT,
                "%s does not fit: %.1f GB are needed for weights and working memory, but %s %.1f GB at gpu_memory_utilization %s; %s",
                model.name(), needed / 1e9, cards, there / 1e9, plain(memoryUtilization), remedy));
    }

    private Optional<Integer> fittingTensorParallel() {
        return IntStream.rangeClosed(1, MOST_GPUS)
                .filter(gpus -> Integer.bitCount(gpus) == 1 && model.attention().heads() % gpus == 0)
                .filter(gpus -> new HardwareRules(model, gpu, gpus, memoryUtilization).kvBlocks() > 0)
                .boxed()
                .findFirst();
    }

    /// The engine they make, under vLLM's usual scheduler. The longest request is the model's, or what the KV cache holds.
    ///
    /// @throws IllegalStateException when the model does not fit
    public EngineProfile profile() {
        return profile(kvBlocks());
    }

    /// The same with a KV cache of a size that is known.
    public EngineProfile profile(int kvBlocks) {
        if (kvBlocks < 1) {
            throw new IllegalStateException(misfit().orElse("no KV cache"));
        }
        int maxModelLen = (int) Math.min(model.maxModelLen(), (long) kvBlocks * BLOCK_SIZE);
        return new EngineProfile(
                name(),
                model.name(),
                stepTime(),
                new EngineProfile.Scheduler(256, 2048, maxModelLen, BLOCK_SIZE),
                kvBlocks,
                new EngineProfile.Overhead(5_000_000, 50_000));
    }

    private double bandwidth(double share) {
        return share * gpu.terabytesPerSecond() * 1e12;
    }

    private double arithmetic(double share) {
        return share * gpu.teraflops() * 1e12;
    }

    private static String plain(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
