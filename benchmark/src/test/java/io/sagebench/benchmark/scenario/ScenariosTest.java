package io.sagebench.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.VirtualMeasurement;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.report.NotRun;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Small versions of the scenarios, with every installed policy.
class ScenariosTest {
    private static final Policies POLICIES = Policies.installed();
    private static final List<Seed> SEEDS = List.of(new Seed(1));

    static Stream<Scenario> scenarios() {
        return new Scenarios(Duration.ofSeconds(10)).all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyPolicyRunsOrIsListedWithWhatItNeedsAndNoRequestIsLost(Scenario scenario) {
        ScenarioResult result = ScenarioResult.of(POLICIES, scenario, SEEDS, _ -> {});
        assertThat(result.rows().size() + result.notRun().size()).isEqualTo(POLICIES.all().size());
        assertThat(result.row("fifo")).as("the baseline runs everywhere").isPresent();
        long planned = scenario.workload().measured(SEEDS.getFirst()).size().orElseThrow();
        assertThat(result.rows()).allSatisfy(row -> assertThat(row.runs().getFirst().counts().total()).isEqualTo(planned));
        assertThat(result.notRun()).extracting(NotRun::reason).noneMatch(String::isBlank);
        String section = PolicyTables.section(result);
        result.rows().forEach(row -> assertThat(section).contains("`" + row.policy() + "` |"));
        result.notRun().forEach(policy -> assertThat(section).contains("- `" + policy.policy() + "` not run: needs "));
    }

    /// What the page says of the deadlines: they are lost to waiting, not to the engines. One request after another is served in time.
    @ParameterizedTest
    @MethodSource("scenarios")
    void anIdleFleetMeetsEveryDeadline(Scenario scenario) {
        var apart = scenario.workload().measured(new Seed(5)).with(request -> spaced(request, 30_000_000_000L));
        var collector = new MetricsCollector();
        VirtualMeasurement.run(POLICIES, "fifo", apart, scenario.fleet(), new Seed(5), collector);
        assertThat(collector.metrics(1, ClientHealth.PERFECT).slo().attainment()).hasValue(1);
    }

    private static PlannedRequest spaced(PlannedRequest request, long gapNanos) {
        return new PlannedRequest(
                request.id(), request.index(), request.index() * gapNanos, request.model(), request.priority(), request.serviceLevel(),
                request.promptTokens(), request.outputTokens(), request.promptSeed(), request.form(), request.caller(), false);
    }

    @Test
    void everyPolicyGetsTheSameRequestsAndTheSameSeedTheSameNumbers() {
        Scenario scenario = new Scenarios(Duration.ofSeconds(5)).tenants();
        ScenarioRun one = ScenarioRun.of(POLICIES, "fifo", scenario, new Seed(3));
        assertThat(ScenarioRun.of(POLICIES, "fifo", scenario, new Seed(3))).isEqualTo(one);
        assertThat(ScenarioRun.of(POLICIES, "fifo", scenario, new Seed(4))).isNotEqualTo(one);
        var requests = new ArrayList<PlannedRequest>();
        scenario.workload().measured(new Seed(3)).open(0).forEachRemaining(requests::add);
        assertThat(one.metrics().tokens().input()).isLessThanOrEqualTo(
                requests.stream().mapToLong(PlannedRequest::promptTokens).sum());
    }

    @Test
    void everyScenarioKnowsItsCostAndWhoSharesIt() {
        for (Scenario scenario : new Scenarios(Duration.ofSeconds(10)).all()) {
            var row = ScenarioResult.of(POLICIES, scenario, SEEDS, _ -> {}).row("fifo").orElseThrow();
            assertThat(row.busyUsdPerMillionTokens()).as(scenario.name()).isPresent();
            assertThat(row.attainment()).isPresent();
        }
    }

    @Test
    void theSearchFindsTheHighestRateThatIsStillServed() {
        var search = new CapacitySearch(POLICIES, new Scenarios(Duration.ofSeconds(60))::models, SEEDS, 0.9, 1.1);
        double rate = search.highestRate("fifo", 1).orElseThrow();
        assertThat(attainment(rate)).isGreaterThanOrEqualTo(0.9);
        assertThat(attainment(rate * 4)).isLessThan(0.9);
    }

    private static double attainment(double rate) {
        var scenario = new Scenarios(Duration.ofSeconds(60)).models(rate);
        return ScenarioRun.of(POLICIES, "fifo", scenario, SEEDS.getFirst()).metrics().slo().attainment().orElseThrow();
    }
}
