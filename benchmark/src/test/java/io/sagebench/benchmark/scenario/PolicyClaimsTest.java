package io.sagebench.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sagebench.metrics.RunMetrics;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Each policy wins where its page says it does, against `fifo`, in small versions of the scenarios. A test of a policy that is not installed does
/// not count.
class PolicyClaimsTest {
    private static final Policies POLICIES = Policies.installed();
    private static final Scenarios SCENARIOS = new Scenarios(Duration.ofSeconds(60));
    private static final Seed SEED = new Seed(1);

    @Test
    void sloAwareKeepsMorePromisesUnderMixedDeadlinesNearSaturation() {
        var scenario = SCENARIOS.steady();
        assertThat(attainment(run("slo_aware", scenario))).isGreaterThan(attainment(run("fifo", scenario)) + 0.03);
    }

    @Test
    void priorityServesTheUrgentBetter() {
        var scenario = SCENARIOS.steady();
        assertThat(ofHigh(run("priority", scenario))).isGreaterThan(ofHigh(run("fifo", scenario)) + 0.1);
    }

    @Test
    void adaptiveKeepsMorePromisesInBursts() {
        var scenario = SCENARIOS.bursty();
        assertThat(attainment(run("adaptive", scenario))).isGreaterThan(attainment(run("fifo", scenario)) + 0.03);
    }

    @Test
    void vtcIsFairToTheModestTenants() {
        var scenario = SCENARIOS.tenants();
        var fair = run("vtc", scenario).fairness().byTenant().orElseThrow();
        assertThat(fair.jain()).isGreaterThan(run("fifo", scenario).fairness().byTenant().orElseThrow().jain() + 0.1);
        assertThat(fair.worstSatisfaction()).isGreaterThan(0.95);
    }

    @Test
    void costOptimizedIsCheaperAtTheSameAttainment() {
        var scenario = SCENARIOS.offPeak();
        RunMetrics cheap = run("cost_optimized", scenario);
        RunMetrics fifo = run("fifo", scenario);
        assertThat(attainment(cheap)).isGreaterThan(attainment(fifo) - 0.01);
        assertThat(cheap.cost().busyUsdPer1kTokens().orElseThrow()).isLessThan(0.8 * fifo.cost().busyUsdPer1kTokens().orElseThrow());
    }

    @Test
    void prefixAwareFindsMorePrefixesAndKeepsMorePromises() {
        var scenario = SCENARIOS.prefixes();
        RunMetrics aware = run("prefix_aware", scenario);
        RunMetrics fifo = run("fifo", scenario);
        assertThat(cachedShare(aware)).isGreaterThan(cachedShare(fifo) + 0.1);
        assertThat(attainment(aware)).isGreaterThan(attainment(fifo) + 0.05);
    }

    @Test
    void hybridSloKeepsAtLeastAsManyPromisesToEmbeddings() {
        var scenario = SCENARIOS.hybrid();
        assertThat(ofEmbeddings(run("hybrid_slo", scenario))).isGreaterThan(ofEmbeddings(run("fifo", scenario)));
    }

    @Test
    void aegaeonSustainsTwiceTheArrivalRateWithManyModels() {
        assumeInstalled("aegaeon");
        var search = new CapacitySearch(POLICIES, SCENARIOS::models, List.of(SEED), 0.95, 1.1);
        assertThat(search.highestRate("aegaeon", 1).orElseThrow()).isGreaterThan(2 * search.highestRate("fifo", 1).orElseThrow());
    }

    @Test
    void theCeilingsAreMarkedAndNoWorseThanThePoliciesTheyBound() {
        var scenario = SCENARIOS.bursty();
        assertThat(POLICIES.named("slo_aware").orElseThrow().isCeiling()).isFalse();
        assertThat(attainment(run("oracle_slo", scenario))).isGreaterThan(attainment(run("slo_aware", scenario)) - 0.02);
        assertThat(POLICIES.named("oracle_slo").orElseThrow().isCeiling()).isTrue();
    }

    private static RunMetrics run(String policy, Scenario scenario) {
        assumeInstalled(policy);
        return ScenarioRun.of(POLICIES, policy, scenario, SEED).metrics();
    }

    private static void assumeInstalled(String policy) {
        assumeThat(POLICIES.named(policy)).as(policy + " is installed").isPresent();
    }

    private static double attainment(RunMetrics metrics) {
        return metrics.slo().attainment().orElseThrow();
    }

    private static double ofHigh(RunMetrics metrics) {
        return Objects.requireNonNull(metrics.byPriority().get(Priority.HIGH)).slo().attainment().orElseThrow();
    }

    private static double ofEmbeddings(RunMetrics metrics) {
        return Objects.requireNonNull(metrics.breakdown().byType().get(RequestType.EMBEDDING)).slo().attainment().orElseThrow();
    }

    private static double cachedShare(RunMetrics metrics) {
        return (double) metrics.tokens().cachedInput() / metrics.tokens().input();
    }
}
