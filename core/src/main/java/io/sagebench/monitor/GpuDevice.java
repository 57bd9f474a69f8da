package io.sagebench.monitor;

import io.sagebench.request.Check;
import java.util.Optional;

/// An accelerator that is watched.
///
/// @param label     how people know it: `0: NVIDIA H200`
/// @param uuid      the maker's name for exactly this one; absent when its source does not tell
/// @param source    what tells of it: `nvml`, `nvidia-smi`, `dcgm`, `mock`
/// @param synthetic whether its figures are made up, which everything that shows them says
/// @param host      the machine it is in
/// @param ofTarget  whether it is where the target runs, as far as is known: else its energy says nothing of the target's tokens
public record GpuDevice(String label, Optional<String> uuid, String source, boolean synthetic, String host, boolean ofTarget) {
    public GpuDevice {
        Check.notBlank(label, "label");
        Check.notBlank(source, "source");
    }
}
