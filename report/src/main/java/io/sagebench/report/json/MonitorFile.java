package io.sagebench.report.json;

import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/// The file with one sample of what was watched a line (JSON Lines), written window by window. It is begun with the first window, and has a temporary
/// name until it is finished. Safe for use by any thread.
public final class MonitorFile {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final ObjectWriter WRITER = Json.MAPPER.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final Path target;
    private final boolean replace;
    private @Nullable NewFile file;
    private @Nullable IOException failure;

    /// @param replace whether a file of that name may be there already
    public MonitorFile(Path target, boolean replace) {
        this.target = target;
        this.replace = replace;
    }

    /// Takes the samples inside a window. A full disk does not end the run in the middle: the failure is told at the end.
    public synchronized void add(MeasuredWindow window, WatchedWindow seen) {
        if (failure != null) {
            return;
        }
        try {
            NewFile into = file;
            if (into == null) {
                into = NewFile.begin(target, replace);
                file = into;
            }
            for (Sample sample : seen.inside().toList()) {
                into.stream().write((line(window, sample) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            failure = broken;
        }
    }

    private static String line(MeasuredWindow window, Sample sample) {
        ObjectNode json = Json.object()
                .put("policy", window.policy())
                .put("repeat", window.repeat())
                .put("at_ms", sample.atNanos() / NANOS_PER_MILLI)
                .put("time", EpochSeconds.of(window.startedAt().plusNanos(sample.atNanos())));
        switch (sample) {
            case Sample.Gpu gpu -> gpu(json, gpu);
            case Sample.Host host -> {
                json.put("kind", "host");
                put(json, "cpu_percent", host.cpuPercent());
                put(json, "process_cpu_percent", host.processCpuPercent());
                put(json, "memory_used_mb", host.memoryUsedMb());
                put(json, "memory_total_mb", host.memoryTotalMb());
                put(json, "network_received_bytes", host.receivedBytes());
                put(json, "network_sent_bytes", host.sentBytes());
            }
            case Sample.Page page -> {
                json.put("kind", "scrape").put("source", page.kind()).put("url", page.url());
                put(json, "running", page.running());
                put(json, "waiting", page.waiting());
                put(json, "kv_cache_percent", page.kvCachePercent());
            }
            case Sample.Missed missed -> json.put("kind", "missed").put("url", missed.source()).put("reason", missed.reason());
        }
        return WRITER.writeValueAsString(json);
    }

    private static void gpu(ObjectNode json, Sample.Gpu gpu) {
        GpuDevice device = gpu.device();
        json.put("kind", "gpu")
                .put("source", device.source())
                .put("synthetic", device.synthetic())
                .put("host", device.host())
                .put("device", device.label())
                .put("uuid", device.uuid().orElse(null));
        put(json, "utilization_percent", gpu.utilizationPercent());
        put(json, "memory_used_mb", gpu.memoryUsedMb());
        put(json, "memory_total_mb", gpu.memoryTotalMb());
        put(json, "temperature_celsius", gpu.temperatureCelsius());
        put(json, "power_watts", gpu.powerWatts());
        put(json, "energy_joules", gpu.energyJoules());
    }

    private static void put(ObjectNode json, String name, OptionalDouble value) {
        json.put(name, Json.finite(value));
    }

    /// Gives the file its name.
    ///
    /// @return its name; absent when nothing was watched
    /// @throws IOException when any sample could not be written
    public synchronized Optional<String> finish() throws IOException {
        if (failure != null) {
            throw failure;
        }
        NewFile written = file;
        if (written == null) {
            return Optional.empty();
        }
        written.finish();
        return Optional.of(String.valueOf(target.getFileName()));
    }

    /// Removes it: there was nothing worth keeping.
    public synchronized void discard() throws IOException {
        NewFile written = file;
        if (written != null) {
            written.discard();
        }
    }
}
