package io.sagebench.live.monitor;

import io.sagebench.monitor.Sample;
import io.sagebench.monitor.WatchedWindow;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Watches this machine, its accelerators, and pages of metrics, each on a thread of its own, from its opening until it is closed. What is seen in a
/// window is asked for with [#watch]; windows follow one another.
public final class MachineMonitor implements AutoCloseable {
    private final Duration interval;
    private final List<SamplingLoop> loops = new ArrayList<>();
    private final List<Runnable> closing = new ArrayList<>();
    private final Deque<Sample> seen = new ArrayDeque<>();
    private boolean watching;

    /// What became of opening one.
    public sealed interface Opening {
        /// It watches.
        ///
        /// @param notes what a person should know
        record Opened(MachineMonitor monitor, List<String> notes) implements Opening {}

        /// What was asked for by name is not there.
        ///
        /// @param message what, and what to do
        record Failed(String message) implements Opening {}
    }

    private MachineMonitor(Duration interval) {
        this.interval = interval;
    }

    /// Opens one. Blocks while sources are looked for and each page is asked for once.
    public static Opening open(MonitorSettings settings) {
        return open(settings, GpuSources.open(settings.gpus(), settings.interval(), settings.ofTarget(), settings.seed()));
    }

    static Opening open(MonitorSettings settings, GpuSource.Opening gpus) {
        if (gpus instanceof GpuSource.Opening.Absent(String reason) && settings.gpus() != GpuKind.AUTO && settings.gpus() != GpuKind.NONE) {
            return new Opening.Failed("--gpu-monitor " + settings.gpus().wireName() + ": " + reason
                    + ". Leave it out to watch GPUs only where there are any.");
        }
        var monitor = new MachineMonitor(settings.interval());
        var notes = new ArrayList<String>();
        settings.pages().forEach(page -> monitor.watchPage(page).ifPresent(notes::add));
        if (gpus instanceof GpuSource.Opening.Opened(GpuSource source)) {
            if (settings.gpus() == GpuKind.AUTO && monitor.knowsGpus()) {
                source.close(); // the scraped ones are the target's
            } else {
                monitor.begin("gpu-monitor", source::read);
                monitor.closing.add(source::close);
            }
        }
        if (settings.host()) {
            monitor.begin("host-monitor", new LateHost());
        }
        return new Opening.Opened(monitor, notes);
    }

    /// @return what is wrong with the page, if anything
    private Optional<String> watchPage(URI url) {
        var page = new PageSource(url);
        closing.add(page::close);
        List<Sample> first = page.read();
        take(first);
        begin("scrape " + url, page::read);
        return first.stream()
                .filter(Sample.Missed.class::isInstance)
                .map(missed -> "--scrape " + url + ": " + ((Sample.Missed) missed).reason() + "; it is asked again and again")
                .findFirst();
    }

    private synchronized boolean knowsGpus() {
        return seen.stream().anyMatch(Sample.Gpu.class::isInstance);
    }

    private void begin(String name, Supplier<? extends List<? extends Sample>> source) {
        loops.add(new SamplingLoop(name, source, interval, this::take));
    }

    /// Made by the thread that looks: it takes a while the first time.
    private static final class LateHost implements Supplier<List<Sample.Host>> {
        private Optional<HostSource> host = Optional.empty();

        @Override
        public List<Sample.Host> get() {
            if (host.isEmpty()) {
                host = Optional.of(new HostSource());
                return List.of(); // busy shares need a time before
            }
            return List.of(host.get().read());
        }
    }

    private synchronized void take(List<? extends Sample> samples) {
        seen.addAll(samples);
        if (!watching) {
            keepLatest();
        }
    }

    /// The last of each source stays: it is the one before the next window.
    private void keepLatest() {
        Set<Object> latest = new HashSet<>();
        var kept = new ArrayDeque<Sample>();
        for (var all = seen.descendingIterator(); all.hasNext(); ) {
            Sample sample = all.next();
            if (latest.add(source(sample))) {
                kept.addFirst(sample);
            }
        }
        seen.clear();
        seen.addAll(kept);
    }

    private static Object source(Sample sample) {
        return switch (sample) {
            case Sample.Gpu gpu -> gpu.device();
            case Sample.Host _ -> Sample.Host.class;
            case Sample.Page page -> page.url();
            case Sample.Missed missed -> "missed " + missed.source();
        };
    }

    /// From one sample to the next.
    public Duration interval() {
        return interval;
    }

    /// Begins a window. One at a time.
    ///
    /// @param beginNanos when it begins, by [System#nanoTime]; now, or soon
    public Watch watch(long beginNanos) {
        synchronized (this) {
            watching = true;
        }
        loops.forEach(loop -> loop.lookAt(beginNanos));
        return new Watch(beginNanos);
    }

    /// The samples of a window, until it is ended.
    public final class Watch {
        private final long beginNanos;
        private Optional<Long> endNanos = Optional.empty();

        private Watch(long beginNanos) {
            this.beginNanos = beginNanos;
        }

        /// How many samples there are by now.
        int taken() {
            synchronized (MachineMonitor.this) {
                return seen.size();
            }
        }

        /// The window ends now. Blocks not; harmless when called again.
        public synchronized void end() {
            if (endNanos.isEmpty()) {
                long nowNanos = Math.max(beginNanos, System.nanoTime());
                endNanos = Optional.of(nowNanos);
                loops.forEach(loop -> loop.lookAt(nowNanos));
            }
        }

        /// What was seen. Ends the window if it has not ended, and waits for a last look at each source.
        public WatchedWindow seen() {
            end();
            long endedNanos = endNanos.orElseThrow();
            loops.forEach(loop -> loop.awaitLook(endedNanos));
            synchronized (MachineMonitor.this) {
                List<Sample> samples = seen.stream()
                        .map(sample -> sample.since(beginNanos))
                        .sorted((one, other) -> Long.compare(one.atNanos(), other.atNanos()))
                        .toList();
                watching = false;
                keepLatest();
                return new WatchedWindow(endedNanos - beginNanos, samples);
            }
        }
    }

    /// Ends all of it.
    @Override
    public void close() {
        loops.forEach(SamplingLoop::close);
        closing.forEach(Runnable::run);
    }
}
