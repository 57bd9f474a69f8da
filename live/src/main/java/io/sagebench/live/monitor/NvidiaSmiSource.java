package io.sagebench.live.monitor;

import io.sagebench.monitor.GpuDevice;
import io.sagebench.monitor.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// GPUs as `nvidia-smi` tells of them: one process that prints a line for each GPU again and again, rather than a process for each sample.
final class NvidiaSmiSource implements GpuSource {
    static final String NAME = "nvidia-smi";
    private static final String FIELDS = "index,name,uuid,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw";
    private static final int FIELD_COUNT = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final String host;
    private final boolean ofTarget;
    private final CountDownLatch firstOrEnd = new CountDownLatch(1);
    private final Map<String, GpuDevice> devices = new ConcurrentHashMap<>();
    private final List<Sample.Gpu> taken = new ArrayList<>();
    /// What it said that is no sample: why it has none, usually.
    private volatile @Nullable String other;

    private NvidiaSmiSource(Process process, String host, boolean ofTarget) {
        this.process = process;
        this.host = host;
        this.ofTarget = ofTarget;
        Thread.ofPlatform().daemon().name(NAME).start(this::readAll);
    }

    /// Starts the program, and waits for its first line.
    ///
    /// @param program its name or path
    /// @param interval from one sample to the next
    static Opening open(String program, Duration interval, String host, boolean ofTarget) {
        Process process;
        try {
            process = new ProcessBuilder(
                            program, "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits", "-lms", Long.toString(interval.toMillis()))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
        } catch (IOException _) {
            return new Opening.Absent("there is no program " + program);
        }
        var source = new NvidiaSmiSource(process, host, ofTarget);
        Optional<String> problem = source.awaitFirst();
        if (problem.isPresent()) {
            source.close();
            return new Opening.Absent(problem.get());
        }
        return new Opening.Opened(source);
    }

    private Optional<String> awaitFirst() {
        try {
            if (!firstOrEnd.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(NAME + " said nothing within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while " + NAME + " was waited for");
        }
        return devices.isEmpty() ? Optional.of(NAME + " tells of no GPU: " + Optional.ofNullable(other).orElse("it ended")) : Optional.empty();
    }

    private void readAll() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Sample.Gpu> sample = sample(line, System.nanoTime());
                if (sample.isPresent()) {
                    synchronized (taken) {
                        taken.add(sample.get());
                    }
                    firstOrEnd.countDown();
                } else if (!line.isBlank() && other == null) {
                    other = line.strip();
                }
            }
        } catch (IOException _) {
            // it was ended while it was read
        } finally {
            firstOrEnd.countDown();
        }
    }

    /// Reads a line such as `0, NVIDIA H200, GPU-1f2e, 97, 81234, 143771, 51, 512.34`; what is `[N/A]` or otherwise no number is not told.
    private Optional<Sample.Gpu> sample(String line, long atNanos) {
        String[] fields = line.split(",", -1);
        int extra = fields.length - FIELD_COUNT;
        if (extra < 0 || !fields[0].strip().matches("\\d{1,4}")) {
            return Optional.empty();
        }
        String index = fields[0].strip();
        String name = String.join(",", List.of(fields).subList(1, 2 + extra)).strip();
        String uuid = fields[2 + extra].strip();
        GpuDevice device = devices.computeIfAbsent(index, _ -> new GpuDevice(
                index + ": " + (name.isEmpty() ? "GPU" : name), Optional.of(uuid).filter(told -> told.startsWith("GPU-")), NAME, false, host, ofTarget));
        return Optional.of(new Sample.Gpu(
                atNanos,
                device,
                number(fields[3 + extra]),
                number(fields[4 + extra]),
                number(fields[5 + extra]),
                number(fields[6 + extra]),
                number(fields[7 + extra]),
                OptionalDouble.empty()));
    }

    /// A number that is not below 0, and nothing else.
    private static OptionalDouble number(String field) {
        String text = field.strip();
        return text.matches("\\d{1,12}(?:\\.\\d{1,9})?") ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<? extends Sample> read() {
        synchronized (taken) {
            if (taken.isEmpty() && !process.isAlive()) {
                return List.of(new Sample.Missed(System.nanoTime(), NAME, "it ended" + (other == null ? "" : ": " + other)));
            }
            var now = List.copyOf(taken);
            taken.clear();
            return now;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
