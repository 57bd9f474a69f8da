package io.sagebench.monitor;

import static io.sagebench.monitor.Samples.FIRST;
import static io.sagebench.monitor.Samples.SECOND;
import static io.sagebench.monitor.Samples.device;
import static io.sagebench.monitor.Samples.gpu;
import static io.sagebench.monitor.Samples.madeUp;
import static io.sagebench.monitor.Samples.power;
import static io.sagebench.monitor.Samples.seconds;
import static io.sagebench.monitor.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Summaries worked out by hand.
class MachineTallyTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    private final MachineTally tally = new MachineTally(seconds(0.5));

    private MachineUse of(Sample... samples) {
        tally.add(new WatchedWindow(seconds(2), List.of(samples)));
        return tally.use();
    }

    @Test
    void poolsDevicesAndSamplesAndKeepsEachDeviceToo() {
        GpuUse use = of(
                gpu(FIRST, 0, 10, 100, 100, UNKNOWN), gpu(SECOND, 0, 30, 300, 300, UNKNOWN),
                gpu(FIRST, 2, 20, 200, 100, UNKNOWN), gpu(SECOND, 2, 40, 400, 300, UNKNOWN)).gpus().orElseThrow();

        assertThat(use.samples()).isEqualTo(4);
        assertThat(use.durationSeconds()).isEqualTo(2);
        assertThat(use.intervalSeconds()).isEqualTo(0.5);
        assertThat(use.figures().utilization()).hasValue(new Spread(4, 25, 10, 40));
        assertThat(use.figures().memoryUsed()).hasValue(new Spread(4, 250, 100, 400));
        assertThat(use.figures().memoryPercent()).hasValueSatisfying(percent -> assertThat(percent.mean()).isCloseTo(25, within(1e-9)));
        assertThat(use.figures().power()).hasValue(new Spread(4, 200, 100, 300));
        assertThat(use.energy()).hasValueSatisfying(energy -> assertThat(energy.joules()).isCloseTo(800, within(1e-9)));
        assertThat(use.joulesPerToken(1_600)).hasValueSatisfying(joules -> assertThat(joules).isCloseTo(0.5, within(1e-12)));
        assertThat(use.devices()).extracting(GpuUse.Device::label).containsExactly("0: Test GPU", "1: Test GPU");
        assertThat(use.devices().get(1).figures().utilization()).hasValue(new Spread(2, 35, 30, 40));
        assertThat(use.devices().get(1).energy()).hasValueSatisfying(energy -> assertThat(energy.joules()).isCloseTo(600, within(1e-9)));
    }

    @Test
    void onlySamplesInsideTheWindowCountForFigures() {
        GpuUse use = of(
                gpu(FIRST, -0.1, 99, 900, 900, UNKNOWN), gpu(FIRST, 1, 10, 100, 100, UNKNOWN), gpu(FIRST, 2.1, 99, 900, 900, UNKNOWN))
                .gpus().orElseThrow();
        assertThat(use.figures().utilization()).hasValue(new Spread(1, 10, 10, 10));
    }

    @Test
    void repeatsAddUp() {
        of(power(FIRST, 0, 100), power(FIRST, 2, 100));
        GpuUse use = of(power(FIRST, 0, 200), power(FIRST, 2, 200)).gpus().orElseThrow();
        assertThat(use.durationSeconds()).isEqualTo(4);
        assertThat(use.energy()).hasValueSatisfying(energy -> assertThat(energy.joules()).isCloseTo(600, within(1e-9)));
    }

    @Test
    void aDeviceThatWasLostInOneWindowHasNoEnergyOfAllWindows() {
        of(power(FIRST, 0, 100), power(FIRST, 2, 100), power(SECOND, 0, 100), power(SECOND, 2, 100));
        assertThat(of(power(FIRST, 0, 100), power(FIRST, 2, 100)).gpus().orElseThrow().energy()).isEmpty();
    }

    @Test
    void whatNoSampleTellsIsAbsentAndNotZero() {
        GpuUse use = of(silent(FIRST, 0), silent(FIRST, 1)).gpus().orElseThrow();
        assertThat(use.samples()).isEqualTo(2);
        assertThat(use.figures().utilization()).isEmpty();
        assertThat(use.figures().memoryPercent()).isEmpty();
        assertThat(use.energy()).isEmpty();
        assertThat(use.joulesPerToken(10)).isEmpty();
        assertThat(tally.use().host()).isEmpty();
        assertThat(tally.use().scraped()).isEmpty();
    }

    @Test
    void withoutSamplesThereIsNothing() {
        assertThat(of().gpus()).isEmpty();
        assertThat(of()).isEqualTo(MachineUse.NONE);
    }

    @Test
    void aGpuOfAnotherMachineThanTheTargetsHasNoEnergyPerToken() {
        GpuDevice elsewhere = device(0, false);
        GpuUse use = of(power(elsewhere, 0, 100), power(elsewhere, 2, 100)).gpus().orElseThrow();
        assertThat(use.energy()).isPresent();
        assertThat(use.joulesPerToken(100)).isEmpty();
        assertThat(use.sourceLine()).isEqualTo("nvml on here, which is not where the target runs");
    }

    @Test
    void oneMadeUpDeviceMakesTheWholeSynthetic() {
        GpuUse use = of(power(FIRST, 0, 100), power(madeUp(), 1, 100)).gpus().orElseThrow();
        assertThat(use.synthetic()).isTrue();
        assertThat(use.sourceLine()).startsWith("SYNTHETIC");
    }

    @Test
    void aGpuThatTwoSourcesTellOfCountsOnce() {
        var scraped = new GpuDevice("0: Test GPU", Optional.of("GPU-0"), "dcgm", false, "here", true);
        GpuUse use = of(power(FIRST, 0, 100), power(scraped, 1, 300), power(FIRST, 2, 100)).gpus().orElseThrow();
        assertThat(use.source()).isEqualTo("nvml");
        assertThat(use.figures().power()).hasValue(new Spread(2, 100, 100, 100));
    }

    @Test
    void theHostsNetworkIsHowMuchItsCountersGrew() {
        HostUse use = of(host(-0.2, 20, 1_000), host(0.5, 40, 1_500), host(1, 60, 2_000), host(2.2, 90, 4_000)).host().orElseThrow();
        assertThat(use.cpu()).hasValue(new Spread(2, 50, 40, 60));
        assertThat(use.receivedBytes()).hasValue(3_000);
        assertThat(use.sentBytes()).hasValue(300);
        assertThat(use.memoryTotalMb()).hasValue(2_000);
    }

    private static Sample.Host host(double atSeconds, double percent, double received) {
        return new Sample.Host(
                seconds(atSeconds), OptionalDouble.of(percent), OptionalDouble.of(percent / 2), OptionalDouble.of(1_000),
                OptionalDouble.of(2_000), OptionalDouble.of(received), OptionalDouble.of(received / 10));
    }

    @Test
    void failuresToScrapeAreCountedAndNamed() {
        String url = "http://gpu-box:8000/metrics";
        ScrapeUse page = of(
                new Sample.Missed(seconds(-1), url, "before the window"),
                new Sample.Page(seconds(0.5), url, "vllm", OptionalDouble.of(2), OptionalDouble.of(4), OptionalDouble.of(10)),
                new Sample.Missed(seconds(1), url, "it answered with status 500"),
                new Sample.Page(seconds(1.5), url, "vllm", OptionalDouble.of(4), OptionalDouble.of(0), UNKNOWN))
                .scraped().getFirst();
        assertThat(page).isEqualTo(new ScrapeUse(
                url, "vllm", 2, 1, Optional.of("it answered with status 500"),
                Optional.of(new Spread(2, 3, 2, 4)), Optional.of(new Spread(2, 2, 0, 4)), Optional.of(new Spread(1, 10, 10, 10))));
    }
}
