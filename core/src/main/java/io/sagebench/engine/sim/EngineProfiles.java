package io.sagebench.engine.sim;

import io.sagebench.engine.sim.ProfileLookup.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The profiles that ship, and any other of the form `MODEL-GPU` or `MODEL-GPU-tpN` by [HardwareRules]: models in bf16 with 90 % of the GPU's
/// memory for weights and KV cache.
public final class EngineProfiles {
    private static final Pattern TENSOR_PARALLEL = Pattern.compile("(.*)-tp([1-9]\\d{0,2})");

    private static final List<String> SHIPPED = List.of(
            "llama2-7b-a100",
            "llama2-7b-h100",
            "llama2-13b-a100",
            "llama2-13b-h100",
            "llama3-8b-a100",
            "llama3-8b-h100",
            "llama3-70b-a100-tp4",
            "llama3-70b-h100-tp4",
            "qwen2.5-7b-a100",
            "qwen2.5-7b-h100",
            "mistral-7b-a100",
            "mistral-7b-h100",
            "llama3-8b-rtx4090",
            "qwen2.5-0.5b-a100",
            "llama3-8b-h200",
            "llama3-8b-l40s",
            "llama3-8b-a40",
            "llama3-8b-rtxpro6000",
            "llama3-8b-a100-tp2",
            "llama3-70b-a100-tp8",
            "llama3-70b-h100-tp8",
            "llama3-70b-h200-tp4",
            "llama3.2-1b-l4",
            "codellama-34b-h100",
            "qwen2.5-1.5b-l4",
            "qwen2.5-14b-a100",
            "qwen2.5-14b-h100",
            "qwen2.5-14b-l40s",
            "qwen2.5-32b-h100",
            "qwen2.5-72b-h100-tp4",
            "qwen3-8b-h100",
            "qwen3-32b-h100-tp2");

    /// Tokens of KV cache that vLLM was seen to have, where the rule is off by more than half a percent.
    private static final Map<String, Integer> SEEN_KV_TOKENS = Map.of(
            "llama3-8b-rtx4090", 41_408,
            "llama3-70b-h100-tp4", 485_000,
            "qwen2.5-7b-h100", 1_046_000);

    private static final List<EngineProfile> ALL =
            SHIPPED.stream().map(name -> named(name).orElseThrow()).toList();

    private EngineProfiles() {}

    /// The profile of that name, if it ships or the rules know model and GPU.
    public static Optional<EngineProfile> named(String name) {
        return find(name) instanceof Found(EngineProfile profile, HardwareRules _) ? Optional.of(profile) : Optional.empty();
    }

    /// All that ship.
    public static List<EngineProfile> all() {
        return ALL;
    }

    /// What there is of that name.
    public static ProfileLookup find(String name) {
        Matcher parts = TENSOR_PARALLEL.matcher(name);
        boolean hasGpus = parts.matches();
        String kind = hasGpus ? parts.group(1) : name;
        int gpus = hasGpus ? Integer.parseInt(parts.group(2)) : 1;
        Optional<Gpu> gpu = longest(Gpu.known().stream().filter(known -> kind.endsWith("-" + known.name())).toList(), Gpu::name);
        if (gpu.isPresent()) {
            String modelName = kind.substring(0, kind.length() - gpu.get().name().length() - 1);
            return ModelShape.named(modelName)
                    .map(model -> byRules(model, gpu.get(), gpus))
                    .orElseGet(() -> new ProfileLookup.UnknownModel(modelName));
        }
        return longest(ModelShape.known().stream().filter(known -> kind.startsWith(known.name() + "-")).toList(), ModelShape::name)
                .<ProfileLookup>map(model -> new ProfileLookup.UnknownGpu(kind.substring(model.name().length() + 1)))
                .orElseGet(ProfileLookup.Unknown::new);
    }

    private static ProfileLookup byRules(ModelShape model, Gpu gpu, int gpus) {
        if (model.attention().heads() % gpus != 0) {
            return new ProfileLookup.Impossible("-tp" + gpus + " must divide the " + model.attention().heads()
                    + " attention heads of " + model.name());
        }
        var rules = new HardwareRules(model, gpu, gpus);
        Optional<String> misfit = rules.misfit();
        if (misfit.isPresent()) {
            return new ProfileLookup.Impossible(misfit.get());
        }
        Integer seen = SEEN_KV_TOKENS.get(rules.name());
        EngineProfile profile = seen == null ? rules.profile() : rules.profile(seen / 16);
        return new Found(profile, rules);
    }

    private static <T> Optional<T> longest(List<T> candidates, Function<T, String> name) {
        return candidates.stream().max(Comparator.comparingInt(candidate -> name.apply(candidate).length()));
    }
}
