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
public record Watching(Optional<MachineMonitor> monitor, List<String> notes, Optional<String> failure) {
    /// Nothing is watched.
    public static final Watching NOTHING = new Watching(Optional.empty(), List.of(), Optional.empty());

    /// While a server at a URL is measured.
    ///
    /// @param seed of figures that are made up
    public static Watching of(MonitorConfig wanted, URI url, long seed) {
        boolean here = isHere(url);
        return begin(wanted, here ? wanted.gpus() : byName(wanted), here, seed);
    }

    /// While an engine in this process is, which uses no GPU.
    ///
    /// @param seed of figures that are made up
    public static Watching ofEnginesHere(MonitorConfig wanted, long seed) {
        return begin(wanted, byName(wanted), false, seed);
    }

    private static GpuKind byName(MonitorConfig wanted) {
        return wanted.gpus() == GpuKind.AUTO ? GpuKind.NONE : wanted.gpus();
    }

    private static Watching begin(MonitorConfig wanted, GpuKind gpus, boolean ofTarget, long seed) {
        if (!wanted.watched()) {
            return NOTHING;
        }
        var settings = new MonitorSettings(gpus, ofTarget, true, wanted.scrape(), wanted.interval(), seed);
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

    /// Ends it.
    public void close() {
        monitor.ifPresent(MachineMonitor::close);
    }
}
