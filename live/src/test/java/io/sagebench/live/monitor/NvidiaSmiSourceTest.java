package io.sagebench.live.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sagebench.monitor.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A script stands for `nvidia-smi`: it prints what the test says, and then waits until it is ended.
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class NvidiaSmiSourceTest {
    @TempDir
    private Path folder;

    private GpuSource.Opening open(String... script) throws IOException {
        Path program = folder.resolve("nvidia-smi");
        Files.writeString(program, "#!/bin/sh\n" + String.join("\n", script) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return NvidiaSmiSource.open(program.toString(), Duration.ofMillis(100), "gpu-box", true);
    }

    private List<Sample.Gpu> samplesOf(int count, String... script) throws IOException {
        if (!(open(script) instanceof GpuSource.Opening.Opened(GpuSource source))) {
            throw new AssertionError("it was not opened");
        }
        try (source) {
            var samples = new ArrayList<Sample.Gpu>();
            await().until(() -> {
                source.read().stream().filter(Sample.Gpu.class::isInstance).map(Sample.Gpu.class::cast).forEach(samples::add);
                return samples.size() >= count;
            });
            return samples;
        }
    }

    private static String line(String text) {
        return "echo '" + text + "'";
    }

    @Test
    void readsALineForEachGpu() throws IOException {
        List<Sample.Gpu> samples = samplesOf(2,
                line("0, NVIDIA H200, GPU-11, 97, 81234, 143771, 51, 512.34"), line("1, NVIDIA H200, GPU-22, 0, 4, 143771, 30, 75.00"), "cat");
        Sample.Gpu first = samples.getFirst();
        assertThat(first.device().label()).isEqualTo("0: NVIDIA H200");
        assertThat(first.device().uuid()).hasValue("GPU-11");
        assertThat(first.device().host()).isEqualTo("gpu-box");
        assertThat(first.device().source()).isEqualTo("nvidia-smi");
        assertThat(first.device().synthetic()).isFalse();
        assertThat(first.utilizationPercent()).hasValue(97);
        assertThat(first.memoryUsedMb()).hasValue(81_234);
        assertThat(first.memoryTotalMb()).hasValue(143_771);
        assertThat(first.temperatureCelsius()).hasValue(51);
        assertThat(first.powerWatts()).hasValue(512.34);
        assertThat(first.energyJoules()).isEmpty();
        assertThat(samples.get(1).utilizationPercent()).hasValue(0);
    }

    @Test
    void whatIsNotAvailableIsAbsentByItself() throws IOException {
        Sample.Gpu sample = samplesOf(1, line("0, Tesla K80, [N/A], [N/A], 100, [Not Supported], 40, [Unknown Error]"), "cat").getFirst();
        assertThat(sample.device().uuid()).isEmpty();
        assertThat(sample.utilizationPercent()).isEmpty();
        assertThat(sample.memoryUsedMb()).hasValue(100);
        assertThat(sample.memoryTotalMb()).isEmpty();
        assertThat(sample.temperatureCelsius()).hasValue(40);
        assertThat(sample.powerWatts()).isEmpty();
    }

    @Test
    void linesThatAreNoSampleAreLeftOut() throws IOException {
        List<Sample.Gpu> samples = samplesOf(1, line("Warning: infoROM is corrupted"), line("0, A, B, GPU-1, 1, 2, 3, 4, 5"), "cat");
        assertThat(samples).singleElement().satisfies(sample -> assertThat(sample.device().label()).isEqualTo("0: A, B"));
    }

    @Test
    void asksForTheIntervalInMilliseconds() throws IOException {
        samplesOf(1, "echo \"$@\" > " + folder.resolve("arguments"), line("0, A, GPU-1, 1, 2, 3, 4, 5"), "cat");
        assertThat(folder.resolve("arguments")).content().contains("--format=csv,noheader,nounits").contains("-lms 100");
    }

    @Test
    void aProgramThatFailsSaysWhy() throws IOException {
        assertThat(open(line("NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."), "exit 9"))
                .isEqualTo(new GpuSource.Opening.Absent(
                        "nvidia-smi tells of no GPU: NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."));
        assertThat(open("exit 6")).isEqualTo(new GpuSource.Opening.Absent("nvidia-smi tells of no GPU: it ended"));
    }

    @Test
    void aProgramThatIsNotThereIsSaidToBeMissing() {
        assertThat(NvidiaSmiSource.open(folder.resolve("none").toString(), Duration.ofMillis(100), "here", true))
                .isInstanceOfSatisfying(GpuSource.Opening.Absent.class, absent -> assertThat(absent.reason()).startsWith("there is no program"));
    }

    @Test
    void aProgramThatEndsInTheMiddleIsToldOf() throws IOException {
        if (!(open(line("0, A, GPU-1, 1, 2, 3, 4, 5"), line("GPU is lost"), "exit 15") instanceof GpuSource.Opening.Opened(GpuSource source))) {
            throw new AssertionError("it was not opened");
        }
        try (source) {
            await().until(() -> source.read().stream().anyMatch(sample -> sample instanceof Sample.Missed(long _, String _, String reason)
                    && reason.equals("it ended: GPU is lost")));
        }
    }

    @Test
    void theProgramEndsWithTheSource() throws IOException {
        if (!(open("echo $$ > " + folder.resolve("pid"), line("0, A, GPU-1, 1, 2, 3, 4, 5"), "exec cat") instanceof GpuSource.Opening.Opened(GpuSource source))) {
            throw new AssertionError("it was not opened");
        }
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        source.close();
        await().until(() -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), alive -> !alive);
    }
}
