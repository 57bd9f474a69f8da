package io.sagebench.report.json;

import io.sagebench.monitor.Energy;
import io.sagebench.monitor.GpuFigures;
import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.HostUse;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.ScrapeUse;
import io.sagebench.monitor.Spread;
import io.sagebench.report.PolicyReport;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What was seen of machines, as JSON: `gpu_metrics`, with the names of layout "1.0", and beside it `host_metrics` and `scraped`.
public final class MachinesJson {
    private MachinesJson() {}

    /// Puts it into the results of a policy.
    static void put(PolicyReport policy, ObjectNode json) {
        put(policy.machines(), policy.metrics().tokens().output(), json);
    }

    /// Puts it into any results.
    ///
    /// @param outputTokens made meanwhile
    public static void put(MachineUse machines, long outputTokens, ObjectNode json) {
        machines.gpus().ifPresentOrElse(gpus -> json.set("gpu_metrics", gpus(gpus, outputTokens)), () -> json.putNull("gpu_metrics"));
        machines.host().ifPresent(host -> json.set("host_metrics", host(host)));
        if (!machines.scraped().isEmpty()) {
            var scraped = json.putArray("scraped");
            machines.scraped().forEach(page -> scraped.add(page(page)));
        }
    }

    private static ObjectNode gpus(GpuUse gpus, long outputTokens) {
        ObjectNode json = Json.object()
                .put("source", gpus.source())
                .put("synthetic", gpus.synthetic())
                .put("host", gpus.host())
                .put("of_target", gpus.ofTarget())
                .put("interval_seconds", gpus.intervalSeconds())
                .put("samples", gpus.samples())
                .put("duration_seconds", gpus.durationSeconds());
        figures(gpus.figures(), json);
        energy(gpus.energy(), json);
        Optional<Double> joulesPerToken = gpus.joulesPerToken(outputTokens);
        json.put("joules_per_output_token", joulesPerToken.orElse(null));
        json.put("tokens_per_joule", joulesPerToken.filter(joules -> joules > 0).map(joules -> 1 / joules).orElse(null));
        var devices = json.putArray("devices");
        for (GpuUse.Device device : gpus.devices()) {
            ObjectNode each = devices.addObject()
                    .put("device", device.label())
                    .put("uuid", device.uuid().orElse(null))
                    .put("memory_total_mb", device.memoryTotalMb().orElse(null))
                    .put("samples", device.samples());
            figures(device.figures(), each);
            energy(device.energy(), each);
        }
        return json;
    }

    private static void figures(GpuFigures figures, ObjectNode json) {
        json.putObject("utilization")
                .put("avg", of(figures.utilization(), Spread::mean))
                .put("max", of(figures.utilization(), Spread::most))
                .put("min", of(figures.utilization(), Spread::least));
        json.putObject("memory")
                .put("used_avg_mb", of(figures.memoryUsed(), Spread::mean))
                .put("used_max_mb", of(figures.memoryUsed(), Spread::most))
                .put("percent_avg", of(figures.memoryPercent(), Spread::mean));
        json.putObject("temperature")
                .put("avg_celsius", of(figures.temperature(), Spread::mean))
                .put("max_celsius", of(figures.temperature(), Spread::most));
        json.putObject("power")
                .put("avg_watts", of(figures.power(), Spread::mean))
                .put("max_watts", of(figures.power(), Spread::most));
    }

    private static void energy(Optional<Energy> energy, ObjectNode json) {
        json.put("energy_joules", energy.map(Energy::joules).orElse(null));
        json.put("energy_source", energy.map(used -> used.source().wireName()).orElse(null));
    }

    private static ObjectNode host(HostUse host) {
        ObjectNode json = Json.object().put("samples", host.samples());
        json.set("cpu_percent", meanAndMost(host.cpu()));
        json.set("process_cpu_percent", meanAndMost(host.processCpu()));
        json.set("memory_used_mb", meanAndMost(host.memoryUsed()));
        return json.put("memory_total_mb", known(host.memoryTotalMb()))
                .put("network_received_bytes", whole(host.receivedBytes()))
                .put("network_sent_bytes", whole(host.sentBytes()));
    }

    private static ObjectNode page(ScrapeUse page) {
        ObjectNode json = Json.object()
                .put("url", page.url())
                .put("kind", page.kind())
                .put("samples", page.samples())
                .put("failures", page.failures())
                .put("last_failure", page.lastFailure().orElse(null));
        json.set("running", meanAndMost(page.running()));
        json.set("waiting", meanAndMost(page.waiting()));
        json.set("kv_cache_percent", meanAndMost(page.kvCachePercent()));
        return json;
    }

    private static ObjectNode meanAndMost(Optional<Spread> figure) {
        return Json.object().put("avg", of(figure, Spread::mean)).put("max", of(figure, Spread::most));
    }

    private static @Nullable Double of(Optional<Spread> figure, ToDoubleFunction<Spread> which) {
        return figure.map(known -> Json.finite(which.applyAsDouble(known))).orElse(null);
    }

    private static @Nullable Double known(OptionalDouble value) {
        return Json.finite(value);
    }

    private static @Nullable Long whole(OptionalDouble value) {
        return value.isPresent() ? Math.round(value.getAsDouble()) : null;
    }
}
