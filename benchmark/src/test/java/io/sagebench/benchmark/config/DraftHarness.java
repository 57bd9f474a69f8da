package io.sagebench.benchmark.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.WorkloadSpec.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// A configuration that is put together by a test.
class DraftHarness {
    static final List<String> POLICIES = List.of("fifo", "priority", "slo_aware");

    @TempDir
    Path directory = Path.of("unset");

    final ConfigDraft draft = new ConfigDraft(POLICIES);

    RunSettings valid() {
        Checked checked = draft.check(HowMany.SEVERAL);
        assertThat(checked).isInstanceOf(Checked.Valid.class);
        return ((Checked.Valid) checked).settings();
    }

    Load load() {
        return valid().config().workload().load();
    }

    /// Takes options such as `--rate=5 --arrival=batch`.
    void give(@Nullable String options) {
        Map<String, Setting> settings = Map.ofEntries(
                Map.entry("--requests", Setting.NUM_REQUESTS),
                Map.entry("--duration", Setting.DURATION),
                Map.entry("--rate", Setting.REQUEST_RATE),
                Map.entry("--arrival", Setting.ARRIVAL_PATTERN),
                Map.entry("--burstiness", Setting.BURSTINESS),
                Map.entry("--burst-size", Setting.BURST_SIZE),
                Map.entry("--burst-interval", Setting.BURST_INTERVAL),
                Map.entry("--on-time", Setting.ON_SECONDS),
                Map.entry("--off-time", Setting.OFF_SECONDS),
                Map.entry("--off-rate-share", Setting.OFF_RATE_SHARE),
                Map.entry("--wave-amplitude", Setting.WAVE_AMPLITUDE),
                Map.entry("--wave-period", Setting.WAVE_PERIOD_SECONDS),
                Map.entry("--ramp", Setting.RAMP),
                Map.entry("--concurrency", Setting.CONCURRENCY),
                Map.entry("--max-in-flight", Setting.MAX_IN_FLIGHT),
                Map.entry("--trace", Setting.TRACE),
                Map.entry("--speed", Setting.TRACE_SPEED));
        if (options != null) {
            for (String option : options.split(" ", -1)) {
                String name = option.substring(0, option.indexOf('='));
                draft.option(requireNonNull(settings.get(name)), name, option.substring(option.indexOf('=') + 1));
            }
        }
    }

    List<String> problems(HowMany howMany) {
        return draft.check(howMany) instanceof Checked.Invalid(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    static ServiceLevel within(long millis) {
        return ServiceLevel.endToEnd(Duration.ofMillis(millis));
    }
}
