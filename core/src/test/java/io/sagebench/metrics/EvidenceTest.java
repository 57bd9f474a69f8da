package io.sagebench.metrics;

import static io.sagebench.journal.RecordBuilder.aRecordOf;
import static io.sagebench.workload.PlannedRequestBuilder.aPlannedRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.metrics.Evidence.Steady;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/// What a collector says of how sure its figures are: requests a second apart, with latencies that a test chooses.
class EvidenceTest {
    @Test
    void independentRequestsAreWorthAboutAsManyAsTheyAre() {
        var random = new Seed(3).generator();
        RunMetrics metrics = measured(1000, i -> 100 + random.nextInt(100));
        var mean = (Bounds.Known) metrics.evidence().confidence().endToEnd().mean();
        assertThat(mean.effectiveSamples()).isBetween(700.0, 1400.0);
        // uniform from 100 to 200 ms: standard error 28.9 / sqrt(1000) = 0.91 ms, twice 1.96 of these
        assertThat((mean.interval().high() - mean.interval().low()) / 1e6).isBetween(2.8, 4.4);
        assertThat(metrics.evidence().confidence().endToEnd().p99().known()).isPresent();
        assertThat(metrics.evidence().steady().verdict()).isEqualTo(Steady.Verdict.STEADY);
    }

    @Test
    void aPercentileNeedsEnoughRequestsForItsInterval() {
        assertThat(measured(298, i -> 10 + i % 7).evidence().confidence().endToEnd().p99())
                .isEqualTo(new Bounds.Unknown("298 samples are too few, 299 are needed"));
        assertThat(measured(59, i -> 10 + i % 7).evidence().confidence().endToEnd().p95().known()).isPresent();
    }

    @Test
    void latenciesThatRiseToTheEndAreNeverSteadyAndHaveNoInterval() {
        RunMetrics metrics = measured(500, i -> 10L + i);
        assertThat(metrics.evidence().steady().verdict()).isEqualTo(Steady.Verdict.NEVER_STEADY);
        assertThat(metrics.evidence().confidence().endToEnd().p99().known()).isEmpty();
    }

    @Test
    void theSteadyPartBeginsAfterTheSlowStart() {
        var random = new Seed(4).generator();
        Steady steady = measured(500, i -> (i < 50 ? 900 : 100) + random.nextInt(10)).evidence().steady();
        assertThat(steady.verdict()).isEqualTo(Steady.Verdict.STEADY);
        var window = steady.window().orElseThrow();
        assertThat(window.leftOut()).as("all of the slow ones, and hardly more").isBetween(50L, 150L);
        assertThat(window.fromSeconds()).isEqualTo((double) window.leftOut());
        assertThat(window.toSeconds()).isEqualTo(499);
        assertThat(window.endToEnd().orElseThrow().max()).isLessThan(111e6);
        assertThat(window.requestsPerSecond().orElseThrow()).isEqualTo(1, within(0.02));
    }

    @Test
    void anAttainmentOfOneHasTheExactBinomialInterval() {
        Bounds attainment = measured(100, _ -> 10).evidence().confidence().attainment();
        // 0.025 ^ (1 / 100)
        assertThat(attainment.known()).contains(new Interval(1 - (1 - Math.pow(0.025, 0.01)), 1));
    }

    @Test
    void aRateOfAFewRequestsHasNoIntervalAndNoneReachesBelowZero() {
        Confidence one = measured(1, _ -> 10).evidence().confidence();
        assertThat(one.goodput()).isEqualTo(new Bounds.Unknown("there are fewer than 5 samples"));
        assertThat(one.throughput()).isEqualTo(one.goodput());
        Confidence five = measured(5, _ -> 10).evidence().confidence();
        assertThat(((Bounds.Known) five.throughput()).interval().low()).isNotNegative();
        assertThat(one.endToEnd().p99()).isEqualTo(new Bounds.Unknown("1 sample is too few, 299 are needed"));
    }

    @Test
    void littlesLawHoldsForWhatWasCountedRightly() {
        // one request a second, each 500 ms in flight: 0.5 of them on average
        assertThat(noted(100 * 0.5)).isEmpty();
        assertThat(noted(100 * 3.0)).singleElement().asString().startsWith("Little's law: 3.0 requests were in flight");
    }

    @Test
    void repeatsHaveTheirOwnSteadyParts() {
        var collector = new MetricsCollector();
        for (int repeat = 0; repeat < 2; repeat++) {
            for (int i = 0; i < 200; i++) {
                collector.write(aRecordOf(aPlannedRequest(i).atMillis(1000L * i)).eventAtMillis(1000L * i + 20).build());
            }
            collector.endWindow();
        }
        RunMetrics metrics = collector.metrics(1, ClientHealth.PERFECT);
        assertThat(metrics.evidence().steady().verdict()).isEqualTo(Steady.Verdict.SEVERAL_WINDOWS);
        assertThat(metrics.evidence().observations().orElseThrow().size()).isEqualTo(400);
    }

    @Test
    void aLongRunKeepsEverySecondRequestAndSoOnByItsPlaceInThePlan() {
        var one = new RequestSeries();
        var other = new RequestSeries();
        int requests = 3 * RequestSeries.MOST_KEPT;
        for (int i = 0; i < requests; i++) {
            one.add(observation(i));
            other.add(observation(requests - 1 - i)); // in whichever order they end
        }
        assertThat(one.stride()).isEqualTo(4);
        assertThat(one.observations().size()).isEqualTo(requests / 4);
        assertThat(one.observations().pairsWith(other.observations())).isTrue();
    }

    @Test
    void requestsThatFailedHaveNoLatencyButCountInTheAttainment() {
        var collector = new MetricsCollector();
        var random = new Seed(5).generator();
        for (int i = 0; i < 200; i++) {
            var record = aRecordOf(aPlannedRequest(i).atMillis(1000L * i)).eventAtMillis(1000L * i + 20);
            collector.write((random.nextBoolean() ? record : record.outcome(new Outcome.Truncated())).build());
        }
        RunMetrics metrics = collector.metrics(1, ClientHealth.PERFECT);
        Interval attainment = metrics.evidence().confidence().attainment().known().orElseThrow();
        assertThat(attainment.contains(metrics.slo().attainment().orElseThrow())).isTrue();
        // 1.96 sqrt(0.25 / 200) to either side
        assertThat(attainment.high() - attainment.low()).isBetween(0.1, 0.2);
        assertThat(metrics.evidence().confidence().endToEnd().mean().known()).isPresent();
    }

    private static List<String> noted(double requestSeconds) {
        var collector = new MetricsCollector();
        for (int i = 0; i < 100; i++) {
            collector.write(aRecordOf(aPlannedRequest(i).atMillis(1000L * i)).eventAtMillis(1000L * i + 500).outputTokens(4).build());
        }
        return collector
                .metrics(1, ClientHealth.PERFECT, EnginePrices.UNKNOWN, OptionalDouble.of(requestSeconds))
                .validity()
                .notes();
    }

    private static Observation observation(int index) {
        return new Observation(
                index, index, OptionalLong.of(index + 10L), OptionalLong.of(10), OptionalLong.empty(), 0, 0, true, 1);
    }

    private static RunMetrics measured(int requests, IntToLongFunction latencyMillis) {
        var collector = new MetricsCollector();
        for (int i = 0; i < requests; i++) {
            long latency = latencyMillis.applyAsLong(i);
            collector.write(aRecordOf(aPlannedRequest(i).atMillis(1000L * i)).eventAtMillis(1000L * i + latency).build());
        }
        return collector.metrics(1, ClientHealth.PERFECT);
    }
}
