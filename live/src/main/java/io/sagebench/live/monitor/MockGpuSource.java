package io.sagebench.live.monitor;

import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import io.sagebench.random.Seed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// GPUs that do not exist: their figures are drawn by chance, and marked as synthetic.
final class MockGpuSource implements GpuSource {
    static final String NAME = "mock";
    private static final double MEMORY_TOTAL_MB = 16_384;

    private final List<GpuDevice> devices;
    private final RandomGenerator random;

    /// @param count how many there are, at least 1
    MockGpuSource(int count, Seed seed, String host) {
        devices = IntStream.range(0, count)
                .mapToObj(i -> new GpuDevice(i + ": made-up GPU", Optional.empty(), NAME, true, host, true))
                .toList();
        random = seed.generator();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Sample.Gpu> read() {
        long nowNanos = System.nanoTime();
        return devices.stream().map(device -> sample(device, nowNanos)).toList();
    }

    private Sample.Gpu sample(GpuDevice device, long nowNanos) {
        return new Sample.Gpu(
                nowNanos,
                device,
                between(50, 90),
                between(4_000, 12_000),
                OptionalDouble.of(MEMORY_TOTAL_MB),
                between(40, 70),
                between(100, 250),
                OptionalDouble.empty());
    }

    private OptionalDouble between(double least, double most) {
        return OptionalDouble.of(random.nextDouble(least, most));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
