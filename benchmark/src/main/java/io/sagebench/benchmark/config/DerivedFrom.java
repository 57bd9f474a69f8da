package io.sagebench.benchmark.config;

import io.sagebench.engine.sim.Gpu;
import io.sagebench.engine.sim.HardwareRules;
import io.sagebench.engine.sim.ModelShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Which model on which GPUs a profile file derives its constants from: by names, or described in the file itself.
final class DerivedFrom {
    static final List<String> DERIVE = List.of("model", "gpu", "tensor_parallel", "gpu_memory_utilization");
    static final List<String> SHAPE = List.of(
            "num_hidden_layers", "hidden_size", "intermediate_size", "num_attention_heads", "num_key_value_heads", "head_dim", "vocab_size",
            "tie_word_embeddings", "max_position_embeddings");
    static final List<String> GPU = List.of(
            "name", "teraflops", "memory_gib", "terabytes_per_second", "bus_gigabytes_per_second", "efficiency");
    static final List<String> EFFICIENCY = List.of("weights", "gemm", "kv_cache", "attention");

    private static final String OWN_GPU = "own-gpu";
    private static final double USUAL_BUS = 20;

    private final FieldGroup file;

    DerivedFrom(FieldGroup file) {
        this.file = file;
    }

    /// The rules the constants follow from; absent when the file has none, or they are wrong.
    Optional<HardwareRules> rules() {
        Optional<FieldGroup> derive = file.group("derive", DERIVE);
        Optional<FieldGroup> shape = file.group("model_shape", SHAPE);
        Optional<FieldGroup> ownGpu = file.group("gpu", GPU);
        if (derive.isEmpty() && shape.isEmpty() && ownGpu.isEmpty()) {
            return Optional.empty();
        }
        boolean namesModel = derive.filter(given -> given.has("model")).isPresent();
        boolean namesGpu = derive.filter(given -> given.has("gpu")).isPresent();
        one(namesModel, shape.isPresent(), "model_shape", "derive.model");
        one(namesGpu, ownGpu.isPresent(), "gpu", "derive.gpu");
        Optional<ModelShape> model = shape.isPresent() ? shape.flatMap(this::shape) : derive.flatMap(this::knownModel);
        Optional<Gpu> gpu = ownGpu.isPresent() ? ownGpu.flatMap(DerivedFrom::gpu) : derive.flatMap(this::knownGpu);
        int gpus = derive.map(given -> given.whole("tensor_parallel", 1)).orElse(OptionalInt.empty()).orElse(1);
        double utilization = derive.map(given -> given.number("gpu_memory_utilization", Double.MIN_VALUE, 1, "above 0 and at most 1"))
                .orElse(OptionalDouble.empty())
                .orElse(HardwareRules.USUAL_UTILIZATION);
        return model.flatMap(of -> gpu.flatMap(on -> rules(of, on, gpus, utilization, derive)));
    }

    private void one(boolean named, boolean described, String block, String key) {
        if (named && described) {
            file.wrong(block, "contradicts " + key + ": give the one or the other");
        } else if (!named && !described) {
            file.require(block, "give it, or " + key);
        }
    }

    private Optional<HardwareRules> rules(
            ModelShape model, Gpu gpu, int gpus, double utilization, Optional<FieldGroup> derive) {
        if (model.attention().heads() % gpus != 0) {
            derive.orElseThrow().wrong("tensor_parallel", "must divide the " + model.attention().heads() + " attention heads of "
                    + model.name() + ", but is " + gpus);
            return Optional.empty();
        }
        var rules = new HardwareRules(model, gpu, gpus, utilization);
        if (!file.has("num_gpu_blocks") && rules.misfit().isPresent()) {
            derive.ifPresentOrElse(
                    given -> given.wrong("model", "cannot be: " + rules.misfit().get()),
                    () -> file.wrong("model_shape", "cannot be: " + rules.misfit().get()));
            return Optional.empty();
        }
        return Optional.of(rules);
    }

    private Optional<ModelShape> knownModel(FieldGroup derive) {
        Optional<String> name = derive.text("model", "the name of a model");
        Optional<ModelShape> known = name.flatMap(ModelShape::named);
        if (name.isPresent() && known.isEmpty()) {
            derive.wrong("model", ProfileSource.unknownModel(name.get()) + "; or describe it in 'model_shape'");
        }
        return known;
    }

    private Optional<Gpu> knownGpu(FieldGroup derive) {
        Optional<String> name = derive.text("gpu", "the name of a GPU");
        Optional<Gpu> known = name.flatMap(Gpu::named);
        if (name.isPresent() && known.isEmpty()) {
            derive.wrong("gpu", ProfileSource.unknownGpu(name.get()) + "; or describe it in 'gpu'");
        }
        return known;
    }

    private Optional<ModelShape> shape(FieldGroup shape) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String key : SHAPE) {
            if (!key.equals("tie_word_embeddings") && !key.equals("head_dim")) {
                shape.require(key, "the rules need it");
                shape.whole(key, key.equals("max_position_embeddings") ? 2 : 1).ifPresent(number -> numbers.put(key, number));
            }
        }
        boolean tied = shape.flag("tie_word_embeddings").orElse(false);
        var headDim = shape.whole("head_dim", 1);
        if (numbers.size() < SHAPE.size() - 2) {
            return Optional.empty();
        }
        int heads = of(numbers, "num_attention_heads");
        int kvHeads = of(numbers, "num_key_value_heads");
        if (heads % kvHeads != 0) {
            shape.wrong("num_key_value_heads", "must divide the " + heads + " attention heads, but is " + kvHeads);
            return Optional.empty();
        }
        return Optional.of(new ModelShape(
                file.text("model", "the name of a model").orElse("own-model"),
                of(numbers, "num_hidden_layers"),
                of(numbers, "hidden_size"),
                of(numbers, "intermediate_size"),
                new ModelShape.Attention(heads, kvHeads, headDim.orElse(Math.max(1, of(numbers, "hidden_size") / heads))),
                of(numbers, "vocab_size"),
                tied,
                of(numbers, "max_position_embeddings")));
    }

    private static int of(Map<String, Integer> numbers, String key) {
        return numbers.getOrDefault(key, 1);
    }

    private static Optional<Gpu> gpu(FieldGroup gpu) {
        List<String> needed = List.of("teraflops", "memory_gib", "terabytes_per_second");
        needed.forEach(key -> gpu.require(key, "it is in the data sheet"));
        gpu.require("efficiency", "it says which shares of the peaks are reached; 0.68, 0.66, 0.90 and 0.40 are usual");
        var numbers = new ArrayList<Double>();
        needed.forEach(key -> gpu.positive(key).ifPresent(numbers::add));
        var shares = new ArrayList<Double>();
        gpu.group("efficiency", EFFICIENCY).ifPresent(group -> EFFICIENCY.forEach(key -> {
            group.require(key, "it is the share of the peak that is reached");
            group.number(key, Double.MIN_VALUE, 1, "above 0 and at most 1").ifPresent(shares::add);
        }));
        double bus = gpu.positive("bus_gigabytes_per_second").orElse(USUAL_BUS);
        String name = gpu.text("name", "a name").orElse(OWN_GPU);
        if (numbers.size() < needed.size() || shares.size() < EFFICIENCY.size()) {
            return Optional.empty();
        }
        var efficiency = new Gpu.Efficiency(shares.get(0), shares.get(1), shares.get(2), shares.get(3));
        return Optional.of(new Gpu(name, name, numbers.get(0), numbers.get(1), numbers.get(2), efficiency, bus));
    }
}
