package io.sagebench.live.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.monitor.Sample;
import java.net.URI;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PageSourceTest {
    private static final URI URL = URI.create("http://gpu-box:9400/metrics");

    private static List<Sample> of(String text) {
        return PageSource.of(text, URL, 17);
    }

    private static String dcgm(int gpu, double utilization, double used, double free, double watts, double millijoules) {
        String labels = "{gpu=\"%d\",UUID=\"GPU-%d\",device=\"nvidia%d\",modelName=\"NVIDIA H200\",Hostname=\"node7\"}".formatted(gpu, gpu, gpu);
        return """
                # HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %%).
                # TYPE DCGM_FI_DEV_GPU_UTIL gauge
                DCGM_FI_DEV_GPU_UTIL%1$s %2$s
                DCGM_FI_DEV_FB_USED%1$s %3$s
                DCGM_FI_DEV_FB_FREE%1$s %4$s
                DCGM_FI_DEV_GPU_TEMP%1$s 45
                DCGM_FI_DEV_POWER_USAGE%1$s %5$s
                DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION%1$s %6$s
                """.formatted(labels, utilization, used, free, watts, millijoules);
    }

    @Test
    void readsTheGpusOfADcgmExporter() {
        List<Sample> samples = of(dcgm(0, 80, 40_000, 100_000, 512.5, 123_456_000) + dcgm(1, 10, 4, 139_996, 80, 1_000));
        assertThat(samples).hasSize(3);
        assertThat(samples.getFirst()).isInstanceOfSatisfying(Sample.Gpu.class, gpu -> {
            assertThat(gpu.device().label()).isEqualTo("0: NVIDIA H200");
            assertThat(gpu.device().uuid()).hasValue("GPU-0");
            assertThat(gpu.device().source()).isEqualTo("dcgm");
            assertThat(gpu.device().host()).isEqualTo("node7");
            assertThat(gpu.device().ofTarget()).isTrue();
            assertThat(gpu.utilizationPercent()).hasValue(80);
            assertThat(gpu.memoryUsedMb()).hasValue(40_000);
            assertThat(gpu.memoryTotalMb()).hasValue(140_000);
            assertThat(gpu.temperatureCelsius()).hasValue(45);
            assertThat(gpu.powerWatts()).hasValue(512.5);
            assertThat(gpu.energyJoules()).hasValue(123_456);
        });
        assertThat(samples.getLast()).isEqualTo(new Sample.Page(
                17, URL.toString(), "dcgm", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()));
    }

    @Test
    void aGpuThatPodsShareIsOneDeviceAndItsPartsAreSeveral() {
        String shared = """
                DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-0",pod="a"} 7
                DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-0",pod="b"} 7
                """;
        assertThat(of(shared)).filteredOn(Sample.Gpu.class::isInstance).hasSize(1);
        String parts = """
                DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-0",GPU_I_ID="1",GPU_I_PROFILE="1g.18gb"} 7
                DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-0",GPU_I_ID="2",GPU_I_PROFILE="1g.18gb"} 9
                """;
        assertThat(of(parts)).filteredOn(Sample.Gpu.class::isInstance).hasSize(2);
    }

    @Test
    void whatAnExporterLeavesOutOrMarksAsUnknownIsAbsent() {
        List<Sample> samples = of("DCGM_FI_DEV_GPU_UTIL{gpu=\"3\"} NaN\nDCGM_FI_DEV_POWER_USAGE{gpu=\"3\"} 9223372036854775794\n");
        assertThat(samples.getFirst()).isInstanceOfSatisfying(Sample.Gpu.class, gpu -> {
            assertThat(gpu.device().label()).isEqualTo("3: GPU");
            assertThat(gpu.device().host()).isEqualTo("gpu-box");
            assertThat(gpu.utilizationPercent()).isEmpty();
            assertThat(gpu.powerWatts()).isEmpty();
            assertThat(gpu.memoryTotalMb()).isEmpty();
        });
    }

    @Test
    void readsTheLoadOfAnEngine() {
        assertThat(of("vllm:num_requests_running 3\nvllm:num_requests_waiting 5\nvllm:kv_cache_usage_perc 0.25\n"))
                .containsExactly(new Sample.Page(17, URL.toString(), "vllm", OptionalDouble.of(3), OptionalDouble.of(5), OptionalDouble.of(25)));
    }

    @Test
    void aPageThatSaysNothingIsAFailureWithItsReason() {
        assertThat(of("process_cpu_seconds_total 3\n")).containsExactly(
                new Sample.Missed(17, URL.toString(), "it has no metrics of an engine or a GPU that are known"));
        assertThat(of("<html>")).singleElement().isInstanceOfSatisfying(
                Sample.Missed.class, missed -> assertThat(missed.reason()).startsWith("it cannot be read: line 1"));
    }
}
