package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.MonitorConfig;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.live.monitor.GpuKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorChoiceTest extends DraftHarness {
    @Test
    void watchesThisMachineAndItsGpusUnlessToldOtherwise() {
        assertThat(valid().config().measuring().monitor()).isEqualTo(MonitorConfig.USUAL);
        assertThat(valid().documented()).containsEntry("gpu_monitor", "auto").containsEntry("monitor_interval_seconds", 0.5).doesNotContainKey("scrape");
    }

    @Test
    void takesSourceIntervalAndPages() {
        draft.option(Setting.GPU_MONITOR, "--gpu-monitor", "NVIDIA-SMI");
        draft.option(Setting.MONITOR_INTERVAL_SECONDS, "--monitor-interval", "250ms");
        draft.option(Setting.SCRAPE, "--scrape", "http://a:9400,https://b/own,http://a:9400/metrics");
        assertThat(valid().config().measuring().monitor()).isEqualTo(new MonitorConfig(
                GpuKind.NVIDIA_SMI, Duration.ofMillis(250), List.of(URI.create("http://a:9400/metrics"), URI.create("https://b/own")), true));
    }

    @Test
    void watchesNothingInVirtualTimeAndSaysSoWhenAskedTo() {
        draft.option(Setting.SIMULATE, "--simulate", "true");
        assertThat(valid().config().measuring().monitor()).isEqualTo(MonitorConfig.NONE);
        assertThat(valid().notes()).noneMatch(note -> note.contains("watched"));
        draft.option(Setting.GPU_MONITOR, "--gpu-monitor", "mock");
        assertThat(valid().notes()).contains("in virtual time no machine is watched: gpu_monitor changes nothing");
    }

    @Test
    void tellsEveryMistake() {
        draft.option(Setting.GPU_MONITOR, "--gpu-monitor", "nvlm");
        draft.option(Setting.MONITOR_INTERVAL_SECONDS, "--monitor-interval", "1ms");
        draft.option(Setting.SCRAPE, "--scrape", "gpu-box:9400,http://me:secret@b/metrics");
        assertThat(draft.check(HowMany.SEVERAL)).isInstanceOfSatisfying(Checked.Invalid.class, invalid ->
                assertThat(invalid.problems()).extracting(Problem::toString).containsExactlyInAnyOrder(
                        "--gpu-monitor: must be one of auto, nvml, nvidia-smi, mock, none, but is 'nvlm'; did you mean 'nvml'?",
                        "--monitor-interval: must be at least 10ms",
                        "--scrape: must be an address such as http://gpu-box:9400/metrics, but is 'gpu-box:9400'",
                        "--scrape: must be an address such as http://gpu-box:9400/metrics, but is 'http://me:secret@b/metrics'"));
    }

    @Test
    void optionsOfACommandWithoutAFileAreReadTheSameWay() {
        var problems = new ArrayList<Problem>();
        var given = Map.of(Setting.GPU_MONITOR, new MonitorChoice.Option("--gpu-monitor", "mock"));
        assertThat(MonitorChoice.ofOptions(given, problems).gpus()).isEqualTo(GpuKind.MOCK);
        assertThat(problems).isEmpty();
        MonitorChoice.ofOptions(Map.of(Setting.GPU_MONITOR, new MonitorChoice.Option("--gpu-monitor", "x")), problems);
        assertThat(problems).singleElement().asString().startsWith("--gpu-monitor: must be one of");
    }
}
