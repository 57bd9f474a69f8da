package io.sagebench.engine.sim.multimodel;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The cards with several models that ship: five models of 7 to 13 billion weights in bf16, of which four (on 80 GB, with little KV cache) or fewer
/// fit at a time. Step times are those of [EngineProfiles].
///
/// Memory is what KV capacity is reckoned from elsewhere: 90 % of 80 GiB, less 1.5 GB for activations. Weights come over PCIe at what large
/// copies from pinned memory reach, 25 GB/s on the A100's fourth generation, and twice that on the H100's fifth: a guess. The fixed part of a
/// switch is a guess as well: Aegaeon (SOSP 2025) gets rid of about 97 % of it by reusing the engine's components.
public final class MultiModelProfiles {
    private static final long MEMORY_BYTES = Math.round(0.9 * 80 * (1L << 30) - 1.5e9);
    private static final long FIXED_SWITCH_NANOS = 50_000_000;

    /// A model's weights and the KV cache of one token, both in bytes.
    private record Size(String model, double weightBytes, long kvBytesPerToken) {}

    private static final List<Size> MODELS = List.of(
            new Size("llama2-7b", 13.5e9, 524_288),
            new Size("llama2-13b", 26.0e9, 819_200),
            new Size("llama3-8b", 16.1e9, 131_072),
            new Size("mistral-7b", 14.5e9, 131_072),
            new Size("qwen2.5-7b", 15.2e9, 57_344));

    private static final List<MultiModelProfile> ALL = List.of(market("a100", 25e9), market("h100", 50e9));

    private MultiModelProfiles() {}

    /// The profile of that name, if it ships.
    public static Optional<MultiModelProfile> named(String name) {
        return ALL.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// All of them.
    public static List<MultiModelProfile> all() {
        return ALL;
    }

    private static MultiModelProfile market(String gpu, double linkBytesPerSecond) {
        Map<String, CardModel> models = new TreeMap<>();
        for (Size size : MODELS) {
            EngineProfile alone = EngineProfiles.named(size.model() + "-" + gpu).orElseThrow();
            models.put(
                    size.model(),
                    new CardModel(
                            Math.round(size.weightBytes()),
                            size.kvBytesPerToken(),
                            alone.scheduler().maxModelLen(),
                            alone.stepTime()));
        }
        return new MultiModelProfile("market-" + gpu, MEMORY_BYTES, linkBytesPerSecond, FIXED_SWITCH_NANOS, models);
    }
}
