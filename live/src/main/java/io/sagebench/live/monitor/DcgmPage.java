package io.sagebench.live.monitor;

import io.sagebench.live.engine.metrics.MetricSamples;
import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The GPUs on a page of NVIDIA's DCGM exporter. A GPU that several containers share has a line for each, of which the first counts; a part of a
/// GPU (MIG) counts as a device of its own.
final class DcgmPage {
    static final String KIND = "dcgm";
    private static final String PREFIX = "DCGM_FI_DEV_";
    private static final String UTILIZATION = PREFIX + "GPU_UTIL";
    private static final String MEMORY_USED = PREFIX + "FB_USED";
    private static final String MEMORY_FREE = PREFIX + "FB_FREE";
    private static final String MEMORY_RESERVED = PREFIX + "FB_RESERVED";
    private static final String TEMPERATURE = PREFIX + "GPU_TEMP";
    private static final String POWER = PREFIX + "POWER_USAGE";
    private static final String ENERGY_MILLIJOULES = PREFIX + "TOTAL_ENERGY_CONSUMPTION";
    private static final List<String> ALL =
            List.of(UTILIZATION, MEMORY_USED, MEMORY_FREE, MEMORY_RESERVED, TEMPERATURE, POWER, ENERGY_MILLIJOULES);
    private static final double MILLIJOULES_PER_JOULE = 1e3;

    private DcgmPage() {}

    /// Whether a metric is one of those that are read.
    static boolean mayKnow(String metric) {
        return ALL.contains(metric);
    }

    /// The GPUs of a page; none when it is not such a page.
    ///
    /// @param from where the page is, for a machine that it does not name
    static List<Sample.Gpu> gpus(MetricSamples page, String from, long atNanos) {
        Map<String, GpuDevice> devices = new LinkedHashMap<>();
        ALL.forEach(metric -> page.named(metric).forEach(sample -> devices.computeIfAbsent(key(sample), _ -> device(sample, from))));
        return devices.entrySet().stream().map(found -> gpu(page, found.getKey(), found.getValue(), atNanos)).toList();
    }

    private static String key(MetricSamples.Sample sample) {
        String name = label(sample, "UUID").isEmpty() ? label(sample, "Hostname") + "/" + label(sample, "gpu") : label(sample, "UUID");
        return name + "/" + label(sample, "GPU_I_ID");
    }

    private static String label(MetricSamples.Sample sample, String name) {
        return sample.labels().getOrDefault(name, "");
    }

    private static GpuDevice device(MetricSamples.Sample sample, String from) {
        String model = label(sample, "modelName").isEmpty() ? "GPU" : label(sample, "modelName");
        String part = label(sample, "GPU_I_ID").isEmpty() ? "" : " (part " + label(sample, "GPU_I_ID") + " " + label(sample, "GPU_I_PROFILE") + ")";
        String host = label(sample, "Hostname").isEmpty() ? from : label(sample, "Hostname");
        return new GpuDevice(
                label(sample, "gpu") + ": " + model + part,
                Optional.of(label(sample, "UUID")).filter(uuid -> !uuid.isEmpty()),
                KIND,
                false,
                host,
                true); // whoever names a page to be scraped says that it belongs to the target
    }

    private static Sample.Gpu gpu(MetricSamples page, String key, GpuDevice device, long atNanos) {
        OptionalDouble used = value(page, MEMORY_USED, key);
        OptionalDouble free = value(page, MEMORY_FREE, key);
        OptionalDouble total = used.isPresent() && free.isPresent()
                ? OptionalDouble.of(used.getAsDouble() + free.getAsDouble() + value(page, MEMORY_RESERVED, key).orElse(0))
                : OptionalDouble.empty();
        OptionalDouble millijoules = value(page, ENERGY_MILLIJOULES, key);
        return new Sample.Gpu(
                atNanos,
                device,
                value(page, UTILIZATION, key),
                used,
                total,
                value(page, TEMPERATURE, key),
                value(page, POWER, key),
                millijoules.isPresent() ? OptionalDouble.of(millijoules.getAsDouble() / MILLIJOULES_PER_JOULE) : OptionalDouble.empty());
    }

    /// DCGM writes numbers that are far too large where it does not know.
    private static OptionalDouble value(MetricSamples page, String metric, String key) {
        Stream<MetricSamples.Sample> own = page.named(metric).stream().filter(sample -> key(sample).equals(key));
        return own.mapToDouble(MetricSamples.Sample::value).filter(value -> value >= 0 && value < 9e15).findFirst();
    }
}
