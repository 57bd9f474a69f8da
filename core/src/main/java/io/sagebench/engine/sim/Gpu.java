package io.sagebench.engine.sim;

import io.sagebench.request.Check;
import java.util.List;
import java.util.Optional;

/// A GPU as far as the step time of a model follows from it: data-sheet peaks and the shares of them that kernels reach.
///
/// @param name                  short, for profile names, for example `a100`
/// @param fullName              for people
/// @param teraflops             dense bf16 peak
/// @param memoryGib             what an engine sees of its memory
/// @param terabytesPerSecond    peak bandwidth of its memory
/// @param efficiency            shares of the peaks that are reached
/// @param busGigabytesPerSecond what an all-reduce moves through the bus to its neighbours
public record Gpu(
        String name,
        String fullName,
        double teraflops,
        double memoryGib,
        double terabytesPerSecond,
        Efficiency efficiency,
        double busGigabytesPerSecond) {
    /// The GPUs that are known. Memory is the nominal size, or less where the driver shows less. Shares come from profiled kernels where there
    /// are any: linear layers of A100, H100 and A40 in Vidur's profiles, RTX 4090 and RTX PRO 6000 in
    /// LLMServingSim's. A guess is, for want of a profile: every share of H200, L40S and L4, and the attention of all but the two RTX cards.
    /// The bus of L40S, L4, A40 and RTX 4090 is what PCIe usually gives; the bandwidth of the RTX PRO 6000 is that of its server edition.
    private static final List<Gpu> KNOWN = List.of(
            new Gpu("a100", "A100 80 GB", 312, 80, 2.04, new Efficiency(0.68, 0.66, 0.90, 0.45), 155),
            new Gpu("h100", "H100 80 GB SXM", 989, 80, 3.35, new Efficiency(0.68, 0.66, 0.90, 0.30), 380),
            new Gpu("h200", "H200 141 GB", 989, 140, 4.8, new Efficiency(0.68, 0.66, 0.90, 0.30), 380),
            new Gpu("l40s", "L40S 48 GB", 362, 44.5, 0.864, new Efficiency(0.80, 0.45, 0.90, 0.35), 20),
            new Gpu("l4", "L4 24 GB", 121, 22, 0.3, new Efficiency(0.80, 0.45, 0.90, 0.35), 12),
            new Gpu("a40", "A40 48 GB", 149.7, 44.5, 0.696, new Efficiency(0.72, 0.74, 0.90, 0.45), 20),
            new Gpu("rtx4090", "RTX 4090 24 GB", 165, 23.5, 1.008, new Efficiency(0.88, 0.97, 0.92, 0.70), 16),
            new Gpu("rtxpro6000", "RTX PRO 6000 Blackwell 96 GB", 503.8, 95, 1.6, new Efficiency(0.85, 0.73, 0.92, 0.51), 36));

    public Gpu {
        Check.notBlank(name, "name");
        Check.positive(teraflops, "teraflops");
        Check.positive(memoryGib, "memory_gib");
        Check.positive(terabytesPerSecond, "terabytes_per_second");
        Check.positive(busGigabytesPerSecond, "bus_gigabytes_per_second");
    }

    /// The shares of the peaks that kernels reach, each above 0 and at most 1.
    ///
    /// @param weights   of the bandwidth, when weights are read
    /// @param gemm      of the arithmetic, in large matrix products
    /// @param kvCache   of the bandwidth, when decode attention reads the KV cache
    /// @param attention of the arithmetic, in prefill attention
    public record Efficiency(double weights, double gemm, double kvCache, double attention) {
        public Efficiency {
            share(weights, "weights");
            share(gemm, "gemm");
            share(kvCache, "kv_cache");
            share(attention, "attention");
        }

        private static void share(double value, String name) {
            if (!(value > 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be above 0 and at most 1, but was " + value);
            }
        }
    }

    /// Those that are known.
    public static List<Gpu> known() {
        return KNOWN;
    }

    /// The one of that name.
    public static Optional<Gpu> named(String name) {
        return KNOWN.stream().filter(gpu -> gpu.name.equals(name)).findFirst();
    }

    double memoryBytes() {
        return memoryGib * (1L << 30);
    }
}
