package io.sagebench.live.monitor;

import io.sagebench.monitor.Sample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.NetworkIF;
import oshi.software.os.OSProcess;

/// How busy this machine and this process are, as the operating system tells it. Used by one thread; the first look takes longer than the others.
final class HostSource {
    private static final double BYTES_PER_MEGABYTE = 1 << 20;
    private static final double PERCENT = 100;

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final List<NetworkIF> networks;
    private final OSProcess process;
    private long[] ticks;
    private long processCpuMillis;
    private long lookedAtNanos;

    HostSource() {
        var system = new SystemInfo();
        processor = system.getHardware().getProcessor();
        memory = system.getHardware().getMemory();
        networks = system.getHardware().getNetworkIFs();
        process = system.getOperatingSystem().getCurrentProcess();
        ticks = processor.getSystemCpuLoadTicks();
        process.updateAttributes();
        processCpuMillis = process.getKernelTime() + process.getUserTime();
        lookedAtNanos = System.nanoTime();
    }

    /// The name of this machine.
    static String hostName() {
        String name = new SystemInfo().getOperatingSystem().getNetworkParams().getHostName();
        return name == null || name.isBlank() ? "this machine" : name;
    }

    Sample.Host read() {
        OptionalDouble cpu = share(processor.getSystemCpuLoadBetweenTicks(ticks));
        ticks = processor.getSystemCpuLoadTicks();
        OptionalDouble processCpu = processCpu();
        return new Sample.Host(
                System.nanoTime(),
                cpu,
                processCpu,
                OptionalDouble.of((memory.getTotal() - memory.getAvailable()) / BYTES_PER_MEGABYTE),
                OptionalDouble.of(memory.getTotal() / BYTES_PER_MEGABYTE),
                bytes(NetworkIF::getBytesRecv),
                bytes(NetworkIF::getBytesSent));
    }

    private OptionalDouble processCpu() {
        long nowNanos = System.nanoTime();
        if (!process.updateAttributes()) {
            return OptionalDouble.empty();
        }
        long nowCpuMillis = process.getKernelTime() + process.getUserTime();
        double available = (nowNanos - lookedAtNanos) / 1e6 * processor.getLogicalProcessorCount();
        OptionalDouble used = available > 0 ? share((nowCpuMillis - processCpuMillis) / available) : OptionalDouble.empty();
        processCpuMillis = nowCpuMillis;
        lookedAtNanos = nowNanos;
        return used;
    }

    private static OptionalDouble share(double share) {
        // clocks that tick apart put a fully busy moment a little above 1
        return Double.isFinite(share) && share >= 0 ? OptionalDouble.of(PERCENT * Math.min(1, share)) : OptionalDouble.empty();
    }

    private OptionalDouble bytes(ToLongFunction<NetworkIF> counter) {
        double all = 0;
        for (NetworkIF network : networks) {
            network.updateAttributes();
            all += counter.applyAsLong(network);
        }
        return networks.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(all);
    }
}
