package io.sagebench.monitor;

import java.util.Optional;
import java.util.OptionalDouble;

/// Samples for tests: of one GPU with a memory of 1,000 MiB, unless a test says otherwise.
public final class Samples {
    public static final GpuDevice FIRST = device(0, true);
    public static final GpuDevice SECOND = device(1, true);

    private Samples() {}

    public static GpuDevice device(int index, boolean ofTarget) {
        return new GpuDevice(index + ": Test GPU", Optional.of("GPU-" + index), "nvml", false, "here", ofTarget);
    }

    public static GpuDevice madeUp() {
        return new GpuDevice("0: made-up GPU", Optional.empty(), "mock", true, "here", true);
    }

    public static long seconds(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /// @param atSeconds since the window began
    public static Sample.Gpu power(GpuDevice device, double atSeconds, double watts) {
        return gpu(device, atSeconds, 50, 500, watts, OptionalDouble.empty());
    }

    public static Sample.Gpu counter(GpuDevice device, double atSeconds, double joules) {
        return gpu(device, atSeconds, 50, 500, 1_000, OptionalDouble.of(joules));
    }

    public static Sample.Gpu gpu(GpuDevice device, double atSeconds, double percent, double usedMb, double watts, OptionalDouble joules) {
        return new Sample.Gpu(
                seconds(atSeconds),
                device,
                OptionalDouble.of(percent),
                OptionalDouble.of(usedMb),
                OptionalDouble.of(1_000),
                OptionalDouble.of(40),
                OptionalDouble.of(watts),
                joules);
    }

    public static Sample.Gpu silent(GpuDevice device, double atSeconds) {
        OptionalDouble unknown = OptionalDouble.empty();
        return new Sample.Gpu(seconds(atSeconds), device, unknown, unknown, unknown, unknown, unknown, unknown);
    }
}
