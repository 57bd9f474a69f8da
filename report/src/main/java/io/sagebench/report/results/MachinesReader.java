package io.sagebench.report.results;

import io.sagebench.monitor.Energy;
import io.sagebench.monitor.GpuFigures;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.HostUse;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.ScrapeUse;
import io.sagebench.monitor.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// Reads back what a report says of machines, as far as it goes: an earlier tool wrote less.
final class MachinesReader {
    private MachinesReader() {}

    static MachineUse read(JsonNode policy) {
        var scraped = new ArrayList<ScrapeUse>();
        policy.path("scraped").forEach(page -> scraped.add(page(page)));
        return new MachineUse(gpus(policy.path("gpu_metrics")), host(policy.path("host_metrics")), scraped);
    }

    private static Optional<GpuUse> gpus(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        long samples = json.path("samples").asLong(0);
        return Optional.of(new GpuUse(
                json.path("source").asString("unknown"),
                json.path("synthetic").asBoolean(false),
                json.path("host").asString("unknown"),
                json.path("of_target").asBoolean(false),
                json.path("interval_seconds").asDouble(0),
                samples,
                json.path("duration_seconds").asDouble(0),
                figures(json, samples),
                energy(json),
                devices(json.path("devices"))));
    }

    private static List<GpuUse.Device> devices(JsonNode json) {
        var devices = new ArrayList<GpuUse.Device>();
        for (JsonNode device : json) {
            long samples = device.path("samples").asLong(0);
            devices.add(new GpuUse.Device(
                    device.path("device").asString("GPU"),
                    device.path("uuid").isString() ? Optional.of(device.path("uuid").asString()) : Optional.empty(),
                    device.path("memory_total_mb").isNumber() ? Optional.of(device.path("memory_total_mb").asDouble()) : Optional.empty(),
                    samples,
                    figures(device, samples),
                    energy(device)));
        }
        return devices;
    }

    private static GpuFigures figures(JsonNode json, long samples) {
        return new GpuFigures(
                spread(json.path("utilization"), "avg", "max", "min", samples),
                spread(json.path("memory"), "used_avg_mb", "used_max_mb", "", samples),
                spread(json.path("memory"), "percent_avg", "", "", samples),
                spread(json.path("temperature"), "avg_celsius", "max_celsius", "", samples),
                spread(json.path("power"), "avg_watts", "max_watts", "", samples));
    }

    /// What the file does not say of it is not a number.
    private static Optional<Spread> spread(JsonNode json, String mean, String most, String least, long samples) {
        return json.path(mean).isNumber()
                ? Optional.of(new Spread(
                        samples, json.path(mean).asDouble(), json.path(least).asDouble(Double.NaN), json.path(most).asDouble(Double.NaN)))
                : Optional.empty();
    }

    private static Optional<Spread> meanAndMost(JsonNode json, long samples) {
        return spread(json, "avg", "max", "", samples);
    }

    private static Optional<Energy> energy(JsonNode json) {
        String source = json.path("energy_source").asString("");
        return Arrays.stream(Energy.Source.values())
                .filter(one -> one.wireName().equals(source) && json.path("energy_joules").isNumber())
                .map(one -> new Energy(json.path("energy_joules").asDouble(), one))
                .findFirst();
    }

    private static Optional<HostUse> host(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        long samples = json.path("samples").asLong(0);
        return Optional.of(new HostUse(
                samples,
                meanAndMost(json.path("cpu_percent"), samples),
                meanAndMost(json.path("process_cpu_percent"), samples),
                meanAndMost(json.path("memory_used_mb"), samples),
                number(json, "memory_total_mb"),
                number(json, "network_received_bytes"),
                number(json, "network_sent_bytes")));
    }

    private static ScrapeUse page(JsonNode json) {
        long samples = json.path("samples").asLong(0);
        return new ScrapeUse(
                json.path("url").asString(""),
                json.path("kind").asString("unknown"),
                samples,
                json.path("failures").asLong(0),
                json.path("last_failure").isString() ? Optional.of(json.path("last_failure").asString()) : Optional.empty(),
                meanAndMost(json.path("running"), samples),
                meanAndMost(json.path("waiting"), samples),
                meanAndMost(json.path("kv_cache_percent"), samples));
    }

    private static OptionalDouble number(JsonNode json, String name) {
        return json.path(name).isNumber() ? OptionalDouble.of(json.path(name).asDouble()) : OptionalDouble.empty();
    }
}
