package io.sagebench.live.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which source tells of accelerators.
public enum GpuKind {
    /// The first of NVML and `nvidia-smi` that is there; none when neither is.
    AUTO,
    /// NVIDIA's library, which the driver brings.
    NVML,
    /// NVIDIA's program, which uses the same library.
    NVIDIA_SMI,
    /// Made-up figures, for demonstration; marked as such wherever they are shown.
    MOCK,
    /// None.
    NONE;

    /// The name in options and files.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// All names.
    public static List<String> names() {
        return Arrays.stream(values()).map(GpuKind::wireName).toList();
    }

    /// The kind of that name, if there is one.
    public static Optional<GpuKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name.toLowerCase(Locale.ROOT))).findFirst();
    }
}
