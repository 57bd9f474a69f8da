package io.sagebench.benchmark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.report.PolicyReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitTest {
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void takesSharesTimesAndRatesInTheirUnits() {
        assertThat(read("slo<95%, p99_e2e>2s,p99_ttft>500ms,p99_ttft>500,throughput<80,error_rate>.01"))
                .extracting(Limit::bound)
                .containsExactly(0.95, 2000.0, 500.0, 500.0, 80.0, 0.01);
        assertThat(problems).isEmpty();
    }

    @Test
    void refusesWhatIsNoLimit() {
        assertThat(read("slo=0.9,slo<,,sol<0.9,slo<1.5,throughput<80%,p99_e2e>5%,slo<NaN")).isEmpty();
        assertThat(problems).extracting(Problem::toString).containsExactly(
                "--fail-on: must be of the form METRIC<NUMBER or METRIC>NUMBER such as slo<0.95, but is 'slo=0.9'",
                "--fail-on: must be of the form METRIC<NUMBER or METRIC>NUMBER such as slo<0.95, but is 'slo<'",
                "--fail-on: must be of the form METRIC<NUMBER or METRIC>NUMBER such as slo<0.95, but is ''",
                "--fail-on: unknown metric 'sol'; there are slo, error_rate, p99_ttft, p99_e2e, throughput, goodput; did you mean 'slo'?",
                "--fail-on: 'slo<1.5' must have a share from 0 to 1, or a percentage",
                "--fail-on: 'throughput<80%' must have requests per second, without a unit",
                "--fail-on: 'p99_e2e>5%' must have milliseconds, or a time such as 500ms or 2s",
                "--fail-on: must be of the form METRIC<NUMBER or METRIC>NUMBER such as slo<0.95, but is 'slo<NaN'");
    }

    @Test
    void isMissedByAFigureThatIsNotKnown() {
        var nothing = new PolicyReport(
                "fifo", Instant.EPOCH, Instant.EPOCH, new MetricsCollector().metrics(0, ClientHealth.PERFECT), OptionalLong.empty(),
                Optional.empty(), List.of());
        assertThat(read("p99_ttft>500").getFirst().missedBy(nothing)).contains("fifo: p99_ttft is not known, and the limit is p99_ttft>500");
    }

    private List<Limit> read(String text) {
        return Arrays.stream(text.split(",", -1))
                .flatMap(limit -> Limit.read(new Origin.Option("--fail-on"), limit.strip(), problems).stream())
                .toList();
    }
}
