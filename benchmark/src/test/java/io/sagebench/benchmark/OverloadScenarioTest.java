package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.journal.RequestRecord;
import io.sagebench.report.PolicyReport;
import io.sagebench.request.Priority;
import io.sagebench.workload.PlannedRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The question the benchmark exists for: three policies under the same load, about 1.3 times what the default fleet can serve, a fifth of it
/// HIGH with 500 ms, three fifths NORMAL with 1 s, a fifth LOW with 2 s.
class OverloadScenarioTest {
    private static final int REQUESTS = 3_000;
    private static final double RATE_PER_SECOND = 115;

    /// What a run gave: the reports by policy, and the records by policy in the order they ended.
    private record Run(Map<String, PolicyReport> reports, Map<String, List<RequestRecord>> records) {}

    @Test
    void priorityServesTheUrgentBetterThanFifoAndSloAwareKeepsMorePromises() {
        Run run = run(7);
        String numbers = run.reports().values().stream().map(OverloadScenarioTest::describe).collect(Collectors.joining("; "));
        assertThat(run.records().values()).as("nothing is lost").allSatisfy(records -> assertThat(records).hasSize(REQUESTS));
        assertThat(attainment(run, "priority", Priority.HIGH)).as(numbers).isGreaterThan(attainment(run, "fifo", Priority.HIGH) + 0.3);
        assertThat(attainment(run, "slo_aware")).as(numbers).isGreaterThan(attainment(run, "fifo") + 0.1);
    }

    @Test
    void everyPolicyGetsTheSameRequestsAtTheSameTimes() {
        Run run = run(7);
        assertThat(run.records().values().stream().map(OverloadScenarioTest::plan).distinct()).hasSize(1);
    }

    /// The requests in the order of the plan, with times from the first one: how long the warm-up before it took depends on the policy.
    private static List<String> plan(List<RequestRecord> records) {
        var planned = records.stream()
                .map(RequestRecord::planned)
                .sorted(Comparator.comparingLong(PlannedRequest::index))
                .toList();
        long originNanos = planned.getFirst().intendedAtNanos();
        return planned.stream()
                .map(request -> String.join(
                        " ",
                        request.id().value(),
                        "" + (request.intendedAtNanos() - originNanos),
                        request.model(),
                        request.priority().name(),
                        "" + request.promptTokens(),
                        "" + request.outputTokens(),
                        "" + request.promptSeed()))
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameRecordsAndTheSameNumbers() {
        Run one = run(3);
        Run other = run(3);
        assertThat(lines(one)).isEqualTo(lines(other));
        one.reports().forEach((policy, report) ->
                assertThat(Objects.requireNonNull(other.reports().get(policy)).metrics()).isEqualTo(report.metrics()));
        assertThat(lines(run(4))).isNotEqualTo(lines(one));
    }

    /// Each record as text, with the time of each of its tokens.
    private static List<String> lines(Run run) {
        var lines = new ArrayList<String>();
        run.records().forEach((policy, records) -> records.forEach(record -> {
            var line = new StringBuilder(policy).append(' ').append(record.planned().id()).append(' ').append(record.outcome());
            for (int i = 0; i < record.content().events(); i++) {
                line.append(' ').append(record.content().eventAtNanos(i));
            }
            lines.add(line.append(' ').append(record.endedAtNanos()).append(' ').append(record.servedBy()).toString());
        }));
        return lines;
    }

    private static Run run(long seed) {
        var recording = new Recording();
        var result = (BenchmarkResult.Measured) new Benchmark()
                .run(
                        aBenchmark().requests(REQUESTS, RATE_PER_SECOND).seed(seed).build(),
                        BenchmarkListener.SILENT,
                        recording,
                        new StopSignal());
        return new Run(
                result.policies().stream().collect(Collectors.toMap(PolicyReport::policy, report -> report)),
                recording.windows().stream()
                        .collect(Collectors.toMap(window -> window.window().policy(), Recording.Window::records)));
    }

    private static double attainment(Run run, String policy) {
        return report(run, policy).metrics().slo().attainment().orElseThrow();
    }

    private static double attainment(Run run, String policy, Priority priority) {
        var group = Objects.requireNonNull(report(run, policy).metrics().byPriority().get(priority));
        return group.slo().attainment().orElseThrow();
    }

    private static PolicyReport report(Run run, String policy) {
        return Objects.requireNonNull(run.reports().get(policy));
    }

    private static String describe(PolicyReport report) {
        String byPriority = report.metrics().byPriority().entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT, "%s %.1f %%", entry.getKey(), 100 * entry.getValue().slo().attainment().orElse(0)))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s meets %.1f %% (%s) at %.1f requests/s, %s",
                report.policy(),
                100 * report.metrics().slo().attainment().orElse(0),
                byPriority,
                report.metrics().throughput().requestsPerSecond().orElse(0),
                report.metrics().counts().byOutcome());
    }
}
