package io.sagebench.benchmark;

import io.sagebench.live.monitor.GpuKind;
import io.sagebench.live.monitor.MachineMonitor;
import io.sagebench.live.monitor.MachineMonitor.Opening;
import io.sagebench.live.monitor.MonitorSettings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Begins to watch machines, as far as they have to do with the target: unless they are asked for by name, the GPUs of this machine are watched only when
/// a target runs here that could use them.
///
/// @param monitor absent when nothing is watched
/// @param notes   what a person should know
/// @param failure why what was asked for by name cannot be watched
record Watching(Optional<MachineMonitor> monitor, List<String> notes, Optional<String> failure) {
    private static final Watching NOTHING = new Watching(Optional.empty(), List.of(), Optional.empty());

    /// While a server at a URL is measured.
    static Watching of(BenchmarkConfig config, URI url) {
        boolean here = isHere(url);
        return begin(config, here ? config.measuring().monitor().gpus() : byName(config), here);
    }

    /// While simulated engines in this process are, which use no GPU.
    static Watching ofSimulatedEngines(BenchmarkConfig config) {
        return begin(config, byName(config), false);
    }

    private static GpuKind byName(BenchmarkConfig config) {
        GpuKind asked = config.measuring().monitor().gpus();
        return asked == GpuKind.AUTO ? GpuKind.NONE : asked;
    }

    private static Watching begin(BenchmarkConfig config, GpuKind gpus, boolean ofTarget) {
        MonitorConfig wanted = config.measuring().monitor();
        if (!wanted.watched()) {
            return NOTHING;
        }
        var settings = new MonitorSettings(gpus, ofTarget, true, wanted.scrape(), wanted.interval(), config.seed());
        return switch (MachineMonitor.open(settings)) {
            case Opening.Failed(String message) -> new Watching(Optional.empty(), List.of(), Optional.of(message));
            case Opening.Opened(MachineMonitor monitor, List<String> notes) -> new Watching(Optional.of(monitor), notes, Optional.empty());
        };
    }

    /// Whether a URL is of this machine.
    static boolean isHere(URI url) {
        try {
            InetAddress address = InetAddress.getByName(url.getHost());
            return url.getHost() != null && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
        } catch (UnknownHostException | SocketException _) {
            return false;
        }
    }

    /// Ends it, where the target could not be opened.
    void close() {
        monitor.ifPresent(MachineMonitor::close);
    }
}
