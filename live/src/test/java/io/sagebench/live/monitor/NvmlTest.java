package io.sagebench.live.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sagebench.live.monitor.NativeNvml.NoNvml;
import io.sagebench.monitor.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// NVML's calls, against a library made for the test where there is a C compiler, with the structures of NVIDIA's header; and what is made of its answers.
@Timeout(60)
class NvmlTest {
    private static final String LIBRARY = """
            #include <string.h>
            typedef int nvmlReturn_t;
            typedef struct nvmlDevice_st { int index; } *nvmlDevice_t;
            typedef struct nvmlUtilization_st { unsigned int gpu; unsigned int memory; } nvmlUtilization_t;
            typedef struct nvmlMemory_st { unsigned long long total; unsigned long long free; unsigned long long used; } nvmlMemory_t;
            static struct nvmlDevice_st devices[2] = {{0}, {1}};
            #define NOT_SUPPORTED 3
            nvmlReturn_t nvmlInit_v2(void) { return INIT_STATUS; }
            nvmlReturn_t nvmlShutdown(void) { return 0; }
            const char *nvmlErrorString(nvmlReturn_t status) { return status == 9 ? "Driver Not Loaded" : "Other"; }
            nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) { strncpy(version, "570.86.15", length); return 0; }
            nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) { *count = 2; return 0; }
            nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) { *device = &devices[index]; return 0; }
            nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
              strncpy(name, device->index == 0 ? "NVIDIA H200" : "NVIDIA Old", length); return 0; }
            nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
              if (device->index == 1) return NOT_SUPPORTED;
              strncpy(uuid, "GPU-1f2e", length); return 0; }
            nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *rates) {
              if (device->index == 1) return NOT_SUPPORTED;
              rates->gpu = 97; rates->memory = 55; return 0; }
            nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
              memory->total = 150754820096ULL; memory->used = 6442450944ULL; memory->free = memory->total - memory->used; return 0; }
            nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, int sensor, unsigned int *celsius) {
              if (sensor != 0) return 2;
              *celsius = 51; return 0; }
            nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) { *milliwatts = 512340; return 0; }
            #ifndef WITHOUT_ENERGY
            nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long *millijoules) {
              if (device->index == 1) return NOT_SUPPORTED;
              *millijoules = 9876543210123ULL; return 0; }
            #endif
            """;

    @TempDir
    private Path folder;

    private String library(String... definitions) throws IOException, InterruptedException {
        Path source = folder.resolve("nvml.c");
        Path made = folder.resolve("libtest-nvml.so");
        Files.writeString(source, LIBRARY);
        var command = new ArrayList<String>(List.of("cc", "-shared", "-fPIC", "-o", made.toString(), source.toString()));
        command.addAll(List.of(definitions));
        try {
            Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(compiler.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(compiler.exitValue()).as(said).isZero();
        } catch (IOException _) {
            assumeTrue(false, "there is no C compiler");
        }
        return made.toString();
    }

    @Test
    void callsTheFunctionsAndReadsTheirStructures() throws Exception {
        try (var nvml = new NativeNvml(library("-DINIT_STATUS=0"))) {
            assertThat(nvml.driverVersion()).isEqualTo("570.86.15");
            assertThat(nvml.deviceCount()).isEqualTo(2);
            assertThat(nvml.name(0)).isEqualTo("NVIDIA H200");
            assertThat(nvml.name(1)).isEqualTo("NVIDIA Old");
            assertThat(nvml.uuid(0)).isEqualTo("GPU-1f2e");
            assertThat(nvml.utilizationPercent(0)).hasValue(97);
            assertThat(nvml.memoryTotalBytes(0)).hasValue(150_754_820_096.0);
            assertThat(nvml.memoryUsedBytes(0)).hasValue(6_442_450_944.0);
            assertThat(nvml.temperatureCelsius(0)).hasValue(51);
            assertThat(nvml.powerWatts(0)).hasValue(512.34);
            assertThat(nvml.energyJoules(0)).hasValue(9_876_543_210.123);
        }
    }

    @Test
    void whatADeviceDoesNotTellIsAbsentByItself() throws Exception {
        try (var nvml = new NativeNvml(library("-DINIT_STATUS=0"))) {
            assertThat(nvml.uuid(1)).isEmpty();
            assertThat(nvml.utilizationPercent(1)).isEmpty();
            assertThat(nvml.energyJoules(1)).isEmpty();
            assertThat(nvml.powerWatts(1)).hasValue(512.34);
        }
    }

    @Test
    void aFunctionThatTheLibraryLacksIsAFigureThatIsAbsent() throws Exception {
        try (var nvml = new NativeNvml(library("-DINIT_STATUS=0", "-DWITHOUT_ENERGY"))) {
            assertThat(nvml.energyJoules(0)).isEmpty();
            assertThat(nvml.powerWatts(0)).isPresent();
        }
    }

    @Test
    void aDriverThatDoesNotStartSaysWhy() throws Exception {
        String library = library("-DINIT_STATUS=9");
        assertThatThrownBy(() -> new NativeNvml(library)).isInstanceOf(NoNvml.class).hasMessage("NVML does not start: Driver Not Loaded (9)");
    }

    @Test
    void aLibraryThatIsNotThereSaysSo() {
        assertThatThrownBy(() -> new NativeNvml("libno-such-library.so.7")).isInstanceOf(NoNvml.class).hasMessageContaining("no NVIDIA driver is installed");
    }

    @Test
    void autoTakesNvmlFirstAndNothingWhereThereIsNone() throws Exception {
        var interval = java.time.Duration.ofSeconds(1);
        assertThat(GpuSources.open(GpuKind.AUTO, interval, true, 1, library("-DINIT_STATUS=0"), "no-such-program"))
                .isInstanceOfSatisfying(GpuSource.Opening.Opened.class, opened -> {
                    assertThat(opened.source().name()).isEqualTo("nvml");
                    opened.source().close();
                });
        assertThat(GpuSources.open(GpuKind.AUTO, interval, true, 1, "libno-such-library.so.7", "no-such-program"))
                .isInstanceOfSatisfying(GpuSource.Opening.Absent.class, absent -> assertThat(absent.reason()).startsWith("no GPU"));
        assertThat(GpuSources.open(GpuKind.NONE, interval, true, 1)).isInstanceOf(GpuSource.Opening.Absent.class);
    }

    @Test
    void samplesAreInMegabytesAndKeepWhatIsUnknownUnknown() {
        try (var source = new NvmlSource(new FakeNvml(), "here", true)) {
            List<Sample.Gpu> samples = source.read(); // of this source all are
            assertThat(samples).singleElement().satisfies(sample -> {
                assertThat(sample.device().label()).isEqualTo("0: GPU");
                assertThat(sample.device().uuid()).isEmpty();
                assertThat(sample.memoryUsedMb()).hasValue(3);
                assertThat(sample.memoryTotalMb()).isEmpty();
                assertThat(sample.utilizationPercent()).hasValue(0);
                assertThat(sample.energyJoules()).isEmpty();
            });
        }
    }

    /// A device that tells next to nothing.
    private static final class FakeNvml implements NvmlLibrary {
        @Override
        public String driverVersion() {
            return "";
        }

        @Override
        public int deviceCount() {
            return 1;
        }

        @Override
        public String name(int device) {
            return "";
        }

        @Override
        public String uuid(int device) {
            return "";
        }

        @Override
        public OptionalDouble utilizationPercent(int device) {
            return OptionalDouble.of(0);
        }

        @Override
        public OptionalDouble memoryUsedBytes(int device) {
            return OptionalDouble.of(3 << 20);
        }

        @Override
        public OptionalDouble memoryTotalBytes(int device) {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble temperatureCelsius(int device) {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble powerWatts(int device) {
            return OptionalDouble.empty();
        }

        @Override
        public OptionalDouble energyJoules(int device) {
            return OptionalDouble.empty();
        }

        @Override
        public void close() {}
    }
}
