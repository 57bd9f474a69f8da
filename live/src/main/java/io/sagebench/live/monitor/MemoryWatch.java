package io.sagebench.live.monitor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Samples how much memory something takes, from its start until it is stopped, on a thread of its own.
public final class MemoryWatch {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double KILOBYTES_PER_MEGABYTE = 1 << 10;
    private static final Duration DEVICE_PATIENCE = Duration.ofSeconds(3);

    private final Supplier<OptionalDouble> megabytes;
    private final List<Double> samples = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    private MemoryWatch(Supplier<OptionalDouble> megabytes, Duration interval) {
        this.megabytes = megabytes;
        sample();
        thread = Thread.ofPlatform().daemon().name("memory-watch").start(() -> sampleUntilStopped(interval));
    }

    /// Watches the resident memory of this process.
    public static MemoryWatch ofThisProcess(Duration interval) {
        return new MemoryWatch(MemoryWatch::residentMegabytes, interval);
    }

    /// Watches the memory in use on all NVIDIA devices of this machine together, by `nvidia-smi`.
    public static MemoryWatch ofDevices(Duration interval) {
        return new MemoryWatch(MemoryWatch::deviceMegabytes, interval);
    }

    /// Whether this machine has NVIDIA devices that tell their memory.
    public static boolean hasDevices() {
        return deviceMegabytes().isPresent();
    }

    private void sampleUntilStopped(Duration interval) {
        try {
            while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                sample();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        OptionalDouble sample = megabytes.get();
        synchronized (samples) {
            sample.ifPresent(samples::add);
        }
    }

    /// Takes a last sample and returns all, in megabytes; none where this machine does not tell.
    public List<Double> stop() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sample();
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /// Resident memory of this process; absent where there is no `/proc`.
    static OptionalDouble residentMegabytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(kilobytes -> Long.parseLong(kilobytes) / KILOBYTES_PER_MEGABYTE)
                    .findFirst();
        } catch (IOException _) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble deviceMegabytes() {
        try {
            Process asking = new ProcessBuilder("nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!asking.waitFor(DEVICE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                asking.destroyForcibly();
                return OptionalDouble.empty();
            }
            return total(new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return OptionalDouble.empty(); // no such program
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        }
    }

    /// The sum of one number a line; absent when there is none, or one is no number.
    static OptionalDouble total(String lines) {
        List<String> numbers = lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return !numbers.isEmpty() && numbers.stream().allMatch(number -> number.matches("\\d{1,9}"))
                ? OptionalDouble.of(numbers.stream().mapToDouble(Double::parseDouble).sum())
                : OptionalDouble.empty();
    }
}
