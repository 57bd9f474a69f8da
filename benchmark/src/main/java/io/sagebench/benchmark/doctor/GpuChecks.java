package io.sagebench.benchmark.doctor;

import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.GpuSource;
import io.sagebench.live.monitor.GpuSources;
import io.sagebench.monitor.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Which GPUs are here, and who tells of them.
final class GpuChecks {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String WHAT = "GPU";

    /// What the first source that works says, with a line for each GPU; and why those before it do not work.
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        var reasons = new ArrayList<String>();
        for (GpuKind kind : List.of(GpuKind.NVML, GpuKind.NVIDIA_SMI)) {
            switch (GpuSources.open(kind, INTERVAL, true, 0)) {
                case GpuSource.Opening.Absent(String reason) -> reasons.add(reason);
                case GpuSource.Opening.Opened(GpuSource source) -> {
                    try (source) {
                        source.read().forEach(sample -> {
                            if (sample instanceof Sample.Gpu gpu) {
                                findings.add(Finding.ok(WHAT, line(gpu)));
                            }
                        });
                    }
                    if (!reasons.isEmpty()) {
                        findings.add(Finding.warn("NVML", String.join("; ", reasons), "nvidia-smi is used in its place: it knows no energy counter"));
                    }
                    return findings;
                }
            }
        }
        findings.add(Finding.ok(WHAT, "no GPU: " + String.join("; ", reasons)));
        return findings;
    }

    /// Such as `0: NVIDIA H200, 143771 MiB with 1024 MiB in use, 12 % busy, 76.5 W, 34 C, counts its energy (nvml)`.
    static String line(Sample.Gpu gpu) {
        var parts = new ArrayList<String>();
        parts.add(gpu.device().label());
        parts.add(number("%.0f MiB", gpu.memoryTotalMb(), "memory unknown") + number(" with %.0f MiB in use", gpu.memoryUsedMb(), ""));
        parts.add(number("%.0f %% busy", gpu.utilizationPercent(), "utilization unknown"));
        parts.add(number("%.1f W", gpu.powerWatts(), "power unknown"));
        parts.add(number("%.0f C", gpu.temperatureCelsius(), "temperature unknown"));
        parts.add(gpu.energyJoules().isPresent() ? "counts its energy" : "tells no energy");
        return String.join(", ", parts) + " (" + gpu.device().source() + ")";
    }

    private static String number(String format, OptionalDouble value, String otherwise) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : otherwise;
    }
}
