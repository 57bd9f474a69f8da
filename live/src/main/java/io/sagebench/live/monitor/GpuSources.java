package io.sagebench.live.monitor;

import io.sagebench.live.monitor.GpuSource.Opening;
import io.sagebench.random.Seed;
import java.time.Duration;

/// Finds who tells of this machine's accelerators.
public final class GpuSources {
    private GpuSources() {}

    /// Looks for the source that is asked for.
    ///
    /// @param interval from one sample to the next, for a source that paces itself
    /// @param ofTarget whether the target runs on this machine
    /// @param seed     of made-up figures
    public static Opening open(GpuKind kind, Duration interval, boolean ofTarget, long seed) {
        return open(kind, interval, ofTarget, seed, NativeNvml.LIBRARY, NvidiaSmiSource.NAME);
    }

    /// @param library name or path of NVML
    /// @param program name or path of `nvidia-smi`
    static Opening open(GpuKind kind, Duration interval, boolean ofTarget, long seed, String library, String program) {
        return switch (kind) {
            case NONE -> new Opening.Absent("GPUs are not watched");
            case MOCK -> new Opening.Opened(new MockGpuSource(1, new Seed(seed).child("gpu"), HostSource.hostName()));
            case NVML -> NvmlSource.open(library, HostSource.hostName(), ofTarget);
            case NVIDIA_SMI -> NvidiaSmiSource.open(program, interval, HostSource.hostName(), ofTarget);
            case AUTO -> switch (NvmlSource.open(library, HostSource.hostName(), ofTarget)) {
                case Opening.Opened found -> found;
                case Opening.Absent(String noLibrary) -> switch (NvidiaSmiSource.open(program, interval, HostSource.hostName(), ofTarget)) {
                    case Opening.Opened found -> found;
                    case Opening.Absent(String noProgram) -> new Opening.Absent("no GPU: " + noLibrary + "; " + noProgram);
                };
            };
        };
    }
}
