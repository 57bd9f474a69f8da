package io.sagebench.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/// Sums samples up, window by window; memory stays flat however many there are.
public final class MachineTally {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LEAST_GAP_NANOS = 1_000_000_000;
    private static final int GAP_INTERVALS = 3;

    private final double intervalSeconds;
    private final long mostGapNanos;
    private final Map<GpuDevice, DeviceTally> devices = new LinkedHashMap<>();
    private final Map<String, String> sourceOf = new HashMap<>(); // by the device's UUID
    private final GpuFigures.Tally pooled = new GpuFigures.Tally();
    private final HostTally host = new HostTally();
    private final Map<String, PageTally> pages = new LinkedHashMap<>();
    private double durationSeconds;
    private int windows;

    /// @param intervalNanos from one sample to the next, as asked for
    public MachineTally(long intervalNanos) {
        intervalSeconds = intervalNanos / NANOS_PER_SECOND;
        mostGapNanos = Math.max(LEAST_GAP_NANOS, GAP_INTERVALS * intervalNanos);
    }

    /// Takes a window.
    public void add(WatchedWindow window) {
        windows++;
        durationSeconds += window.durationNanos() / NANOS_PER_SECOND;
        var ofDevices = new LinkedHashMap<GpuDevice, List<Sample.Gpu>>();
        var ofHost = new ArrayList<Sample.Host>();
        for (Sample sample : window.samples()) {
            switch (sample) {
                case Sample.Gpu gpu when isTwin(gpu.device()) -> {} // another source tells of it already
                case Sample.Gpu gpu -> ofDevices.computeIfAbsent(gpu.device(), _ -> new ArrayList<>()).add(gpu);
                case Sample.Host machine -> ofHost.add(machine);
                case Sample.Page page when window.isInside(page) -> page(page.url()).add(page);
                case Sample.Missed missed when window.isInside(missed) -> page(missed.source()).add(missed);
                case Sample.Page _, Sample.Missed _ -> {} // of another window, or of none
            }
        }
        ofDevices.forEach((device, samples) -> devices.computeIfAbsent(device, _ -> new DeviceTally()).add(samples, window, pooled, mostGapNanos));
        host.add(ofHost, window);
    }

    private boolean isTwin(GpuDevice device) {
        return device.uuid().isPresent()
                && !sourceOf.computeIfAbsent(device.uuid().get(), _ -> device.source()).equals(device.source());
    }

    private PageTally page(String url) {
        return pages.computeIfAbsent(url, _ -> new PageTally());
    }

    /// What it was, until now.
    public MachineUse use() {
        return new MachineUse(gpus(), host.use(), pages.entrySet().stream().map(page -> page.getValue().use(page.getKey())).toList());
    }

    private Optional<GpuUse> gpus() {
        long samples = devices.values().stream().mapToLong(device -> device.samples).sum();
        if (samples == 0) {
            return Optional.empty();
        }
        return Optional.of(new GpuUse(
                joined(GpuDevice::source, "+"),
                devices.keySet().stream().anyMatch(GpuDevice::synthetic),
                joined(GpuDevice::host, ", "),
                devices.keySet().stream().allMatch(GpuDevice::ofTarget),
                intervalSeconds,
                samples,
                durationSeconds,
                pooled.figures(),
                devices.values().stream().map(device -> device.energy(windows)).reduce(MachineTally::sum).flatMap(all -> all),
                devices.entrySet().stream().map(device -> device.getValue().use(device.getKey(), windows)).toList()));
    }

    private static Optional<Energy> sum(Optional<Energy> one, Optional<Energy> other) {
        return one.isPresent() && other.isPresent() ? Optional.of(one.get().and(other.get())) : Optional.empty();
    }

    private String joined(Function<GpuDevice, String> name, String by) {
        Set<String> names = new LinkedHashSet<>();
        devices.keySet().forEach(device -> names.add(name.apply(device)));
        return String.join(by, names);
    }

    private static final class DeviceTally {
        private final GpuFigures.Tally figures = new GpuFigures.Tally();
        private final List<Optional<Energy>> energies = new ArrayList<>();
        private OptionalDouble memoryTotalMb = OptionalDouble.empty();
        private long samples;

        void add(List<Sample.Gpu> taken, WatchedWindow window, GpuFigures.Tally pooled, long mostGapNanos) {
            for (Sample.Gpu sample : taken) {
                if (window.isInside(sample)) {
                    samples++;
                    figures.add(sample);
                    pooled.add(sample);
                    memoryTotalMb = sample.memoryTotalMb().isPresent() ? sample.memoryTotalMb() : memoryTotalMb;
                }
            }
            energies.add(Energy.of(taken, window.durationNanos(), mostGapNanos));
        }

        /// Known when that of every window is.
        Optional<Energy> energy(int windows) {
            return energies.size() < windows ? Optional.empty() : energies.stream().reduce(MachineTally::sum).flatMap(all -> all);
        }

        GpuUse.Device use(GpuDevice device, int windows) {
            Optional<Double> total = memoryTotalMb.isPresent() ? Optional.of(memoryTotalMb.getAsDouble()) : Optional.empty();
            return new GpuUse.Device(device.label(), device.uuid(), total, samples, figures.figures(), energy(windows));
        }
    }

    private static final class HostTally {
        private final Spread.Tally cpu = new Spread.Tally();
        private final Spread.Tally processCpu = new Spread.Tally();
        private final Spread.Tally memoryUsed = new Spread.Tally();
        private OptionalDouble memoryTotalMb = OptionalDouble.empty();
        private final Growth received = new Growth();
        private final Growth sent = new Growth();
        private long samples;

        void add(List<Sample.Host> taken, WatchedWindow window) {
            for (Sample.Host sample : taken) {
                if (window.isInside(sample)) {
                    samples++;
                    cpu.add(sample.cpuPercent());
                    processCpu.add(sample.processCpuPercent());
                    memoryUsed.add(sample.memoryUsedMb());
                    memoryTotalMb = sample.memoryTotalMb().isPresent() ? sample.memoryTotalMb() : memoryTotalMb;
                }
            }
            received.add(taken, Sample.Host::receivedBytes);
            sent.add(taken, Sample.Host::sentBytes);
        }

        Optional<HostUse> use() {
            return samples == 0
                    ? Optional.empty()
                    : Optional.of(new HostUse(
                            samples, cpu.spread(), processCpu.spread(), memoryUsed.spread(), memoryTotalMb, received.bytes(), sent.bytes()));
        }
    }

    /// How much a counter grew, from the sample just before each window to that just after it: an interval more than the window at most.
    private static final class Growth {
        private double grown;
        private boolean known = true;

        void add(List<Sample.Host> taken, Function<Sample.Host, OptionalDouble> counter) {
            double[] told = taken.stream().map(counter).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).toArray();
            double growth = told.length < 2 ? -1 : told[told.length - 1] - told[0];
            known &= growth >= 0;
            grown += growth;
        }

        /// Known when that of every window is.
        OptionalDouble bytes() {
            return known ? OptionalDouble.of(grown) : OptionalDouble.empty();
        }
    }

    private static final class PageTally {
        private static final String UNKNOWN = "unknown";

        private final Spread.Tally running = new Spread.Tally();
        private final Spread.Tally waiting = new Spread.Tally();
        private final Spread.Tally kvCachePercent = new Spread.Tally();
        private String kind = UNKNOWN;
        private long samples;
        private long failures;
        private Optional<String> lastFailure = Optional.empty();

        void add(Sample.Page page) {
            samples++;
            kind = page.kind().equals(UNKNOWN) ? kind : page.kind();
            running.add(page.running());
            waiting.add(page.waiting());
            kvCachePercent.add(page.kvCachePercent());
        }

        void add(Sample.Missed missed) {
            failures++;
            lastFailure = Optional.of(missed.reason());
        }

        ScrapeUse use(String url) {
            return new ScrapeUse(url, kind, samples, failures, lastFailure, running.spread(), waiting.spread(), kvCachePercent.spread());
        }
    }
}
