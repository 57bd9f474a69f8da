package io.sagebench.live.monitor;

import io.sagebench.live.monitor.NativeNvml.NoNvml;
import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// GPUs as NVIDIA's library tells of them.
final class NvmlSource implements GpuSource {
    static final String NAME = "nvml";
    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private final NvmlLibrary library;
    private final List<GpuDevice> devices = new ArrayList<>();

    /// @param host     the name of this machine
    /// @param ofTarget whether the target runs here
    NvmlSource(NvmlLibrary library, String host, boolean ofTarget) {
        this.library = library;
        for (int i = 0; i < library.deviceCount(); i++) {
            String name = library.name(i);
            devices.add(new GpuDevice(
                    i + ": " + (name.isBlank() ? "GPU" : name),
                    Optional.of(library.uuid(i)).filter(uuid -> !uuid.isBlank()),
                    NAME,
                    false,
                    host,
                    ofTarget));
        }
    }

    /// The library of this machine, if there is one with a GPU.
    static Opening open(String library, String host, boolean ofTarget) {
        try {
            var nvml = new NativeNvml(library);
            if (nvml.deviceCount() == 0) {
                nvml.close();
                return new Opening.Absent("NVML finds no GPU");
            }
            return new Opening.Opened(new NvmlSource(nvml, host, ofTarget));
        } catch (NoNvml absent) {
            return new Opening.Absent(String.valueOf(absent.getMessage()));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Sample.Gpu> read() {
        var samples = new ArrayList<Sample.Gpu>();
        for (int i = 0; i < devices.size(); i++) {
            samples.add(new Sample.Gpu(
                    System.nanoTime(),
                    devices.get(i),
                    library.utilizationPercent(i),
                    megabytes(library.memoryUsedBytes(i)),
                    megabytes(library.memoryTotalBytes(i)),
                    library.temperatureCelsius(i),
                    library.powerWatts(i),
                    library.energyJoules(i)));
        }
        return samples;
    }

    private static OptionalDouble megabytes(OptionalDouble bytes) {
        return bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / BYTES_PER_MEGABYTE) : bytes;
    }

    @Override
    public void close() {
        library.close();
    }
}
