package io.sagebench.metrics;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.request.Outcome;
import io.sagebench.request.RequestType;
import org.junit.jupiter.api.Test;

class ServiceSharesTest {
    private final MetricsCollector collector = new MetricsCollector();
    private long index;

    @Test
    void dividesMaxMinFairly() {
        assertThat(ServiceShares.maxMinFair(new double[] {8, 2, 4}, 10)).containsExactly(4, 2, 4);
        assertThat(ServiceShares.maxMinFair(new double[] {1, 1}, 2)).containsExactly(1, 1);
        assertThat(ServiceShares.maxMinFair(new double[] {5, 5, 5}, 6)).containsExactly(2, 2, 2);
    }

    /// The modest one asks for 10 requests and the greedy one for 90; 50 are served. A fair division gives 10 and 40.
    @Test
    void givingEachTheSamePartOfWhatItAsksForIsUnfairToTheModestOne() {
        requests("modest", 5, 5);
        requests("greedy", 45, 45);
        Fairness fairness = byTenant();
        // Satisfactions 5 / 10 and 45 / 40: (0.5 + 1.125)^2 / (2 * (0.25 + 1.265625)).
        assertThat(fairness.jain()).isCloseTo(0.871134, within(1e-6));
        assertThat(fairness.worstSatisfaction()).isEqualTo(0.5);
        assertThat(fairness.largestGapTokens()).as("5 requests of 10 + 2 * 4 tokens").isEqualTo(90);
    }

    @Test
    void servingTheModestOneInFullIsFair() {
        requests("modest", 10, 0);
        requests("greedy", 40, 50);
        assertThat(byTenant()).isEqualTo(new Fairness(1, 1, 0));
    }

    @Test
    void oneWhoGetsEverythingLeavesJainsIndexAtOneOverN() {
        requests("lucky", 10, 0);
        requests("unlucky", 0, 10);
        // Fair shares are 5 and 5: satisfactions 2 and 0.
        assertThat(byTenant()).isEqualTo(new Fairness(0.5, 0, 90));
    }

    @Test
    void isUnknownForOneTenantAndWhenNothingWasServed() {
        requests("only", 10, 0);
        assertThat(metrics().fairness().byTenant()).isEmpty();
        MetricsCollector idle = new MetricsCollector();
        idle.write(aRecordOf(aPlannedRequest(1).tenant("a")).outcome(new Outcome.Rejected(429, "no")).build());
        idle.write(aRecordOf(aPlannedRequest(2).tenant("b")).outcome(new Outcome.Rejected(429, "no")).build());
        assertThat(idle.metrics(1, ClientHealth.PERFECT).fairness().byTenant()).isEmpty();
    }

    @Test
    void embeddingsCountInEndToEndAndGoodputButHaveNoFirstToken() {
        collector.write(aRecordOf(aPlannedRequest(1).tenant("a").texts(20, 30)).wholeBodyAtMillis(40).outputTokens(0).build());
        RunMetrics metrics = metrics();
        assertThat(metrics.ttft()).isEmpty();
        assertThat(metrics.tpot()).isEmpty();
        assertThat(metrics.endToEnd().orElseThrow().mean()).isEqualTo(40e6);
        assertThat(metrics.slo().met()).isEqualTo(1);
        assertThat(metrics.tokens().outputMismatches()).isZero();
        assertThat(metrics.breakdown().byType()).containsOnlyKeys(RequestType.EMBEDDING);
        assertThat(metrics.breakdown().byTenant()).containsOnlyKeys("a");
    }

    private void requests(String tenant, int served, int failed) {
        for (int i = 0; i < served + failed; i++) {
            var record = aRecordOf(aPlannedRequest(index++).tenant(tenant)).eventAtMillis(10, 4).outputTokens(4);
            collector.write((i < served ? record : record.outcome(new Outcome.HttpError(504, "late"))).build());
        }
    }

    private Fairness byTenant() {
        return metrics().fairness().byTenant().orElseThrow();
    }

    private RunMetrics metrics() {
        return collector.metrics(1, ClientHealth.PERFECT);
    }
}
