package io.sagebench.benchmark.experiment;

import static io.sagebench.benchmark.experiment.Bases.at;
import static io.sagebench.benchmark.experiment.Bases.finished;
import static io.sagebench.benchmark.experiment.Bases.group;
import static io.sagebench.benchmark.experiment.Bases.hybrid;
import static io.sagebench.benchmark.experiment.Bases.items;
import static io.sagebench.benchmark.experiment.Bases.llm;
import static io.sagebench.benchmark.experiment.Bases.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.benchmark.Benchmark;
import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.experiment.Experiment.Outcome;
import io.sagebench.report.NotRun;
import io.sagebench.report.RecordSink;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import io.sagebench.report.experiment.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whole experiments in virtual time: facts that must hold whatever the numbers are.
class ExperimentsTest {
    @Test
    void throughputIsNeverAboveWhatWasOffered() {
        ExperimentResult result = finished(new ThroughputExperiment("t", hybrid("fifo,hybrid_slo", 200, 1), List.of(50.0, 400.0)));

        assertThat(result.type()).isEqualTo("throughput");
        assertThat(result.success()).isTrue();
        assertThat(result.parameters().get("request_rates")).isEqualTo(List.of(50.0, 400.0));
        assertThat(result.results()).hasSize(2).allSatisfy(level -> {
            for (String policy : List.of("fifo", "hybrid_slo")) {
                Fields figures = group(level, "policies", policy);
                assertThat(figures.asMap())
                        .containsOnlyKeys("throughput", "avg_latency_ms", "p99_latency_ms", "success_rate", "error_count", "slo_compliance");
                assertThat(number(figures, "throughput")).isPositive();
                assertThat(number(figures, "error_count")).isCloseTo((1 - number(figures, "success_rate")) * 200, within(1e-9));
            }
        });
        assertThat(result.measured()).hasSize(4).allSatisfy(one -> assertThat(one.policy().metrics().throughput().requestsPerSecond().orElseThrow())
                .isLessThanOrEqualTo(one.policy().metrics().throughput().offeredRequestsPerSecond().orElseThrow()));
        assertThat(number(result.summary(), "policies", "fifo", "max_throughput"))
                .isEqualTo(Math.max(
                        number(result.summary(), "policies", "fifo", "throughputs_by_rate", "50"),
                        number(result.summary(), "policies", "fifo", "throughputs_by_rate", "400")));
        assertThat(number(result.summary(), "policies", "fifo", "optimal_rate")).isEqualTo(400);
        assertThat(number(result.summary(), "policies", "fifo", "knee_rate")).isEqualTo(50);
        assertThat(number(result.summary(), "max_throughput"))
                .isEqualTo(Math.max(
                        number(result.summary(), "policies", "fifo", "max_throughput"),
                        number(result.summary(), "policies", "hybrid_slo", "max_throughput")));
        assertThat(at(result.summary(), "best_policy")).isIn("fifo", "hybrid_slo");
    }

    @Test
    void attainmentOfFifoDoesNotRiseWithTheLoadAndEveryRequestCounts() {
        ExperimentResult result = finished(new SloComplianceExperiment("s", hybrid("fifo", 400, 1), List.of(50.0, 200.0, 800.0)));

        double before = 1;
        for (Fields level : result.results()) {
            Fields fifo = group(level, "policies", "fifo");
            assertThat(fifo.asMap())
                    .containsOnlyKeys(
                            "overall_compliance", "llm_compliance", "embedding_compliance", "high_priority_compliance",
                            "normal_priority_compliance", "low_priority_compliance", "violation_count", "total_requests", "avg_latency_ms",
                            "p99_latency_ms");
            assertThat(number(fifo, "total_requests")).isEqualTo(400);
            assertThat(number(fifo, "overall_compliance")).isEqualTo(1 - number(fifo, "violation_count") / 400).isLessThanOrEqualTo(before);
            before = number(fifo, "overall_compliance");
        }
        assertThat(before).isLessThan(0.9);
        Fields summary = group(result.summary(), "policies", "fifo");
        assertThat(summary.asMap())
                .containsOnlyKeys("avg_compliance", "compliance_by_load", "violations_by_load", "min_compliance", "max_compliance");
        assertThat(number(summary, "min_compliance")).isEqualTo(before);
        assertThat(number(summary, "avg_compliance"))
                .isCloseTo(
                        result.results().stream().mapToDouble(level -> number(level, "policies", "fifo", "overall_compliance")).average().orElseThrow(),
                        within(1e-12));
        assertThat(result.summary().asMap())
                .containsKeys("load_levels", "slo_targets", "policies", "best_policy_overall", "highest_compliance");
        assertThat(number(result.summary(), "slo_targets", "embedding_high_priority_deadline_ms")).isEqualTo(100);
    }

    @Test
    void latenciesAreThoseOfTheRequests() {
        ExperimentResult result = finished(new LatencyExperiment(hybrid("fifo,priority", 400, 100)));

        assertThat(result.results()).extracting(one -> at(one, "policy")).containsExactly("fifo", "priority");
        Fields fifo = result.results().getFirst();
        assertThat(group(fifo, "latency_stats").asMap())
                .containsOnlyKeys("mean_ms", "min_ms", "max_ms", "p50_ms", "p90_ms", "p95_ms", "p99_ms", "std_dev_ms");
        assertThat(group(fifo, "percentiles").asMap()).containsOnlyKeys("p50", "p90", "p95", "p99", "p99.9");
        assertThat(at(fifo, "percentiles", "p99.9")).as("400 samples cannot tell it").isNull();
        assertThat(number(fifo, "percentiles", "p99")).isEqualTo(number(fifo, "latency_stats", "p99_ms"));
        assertThat(items(fifo, "raw_latencies")).hasSize(100);
        List<?> cdf = items(fifo, "cdf_ms");
        assertThat(cdf).hasSize(101);
        assertThat((Double) cdf.getFirst()).isEqualTo(number(fifo, "latency_stats", "min_ms"));
        assertThat((Double) cdf.getLast()).isEqualTo(number(fifo, "latency_stats", "max_ms"));
        assertThat((Double) cdf.get(50)).isEqualTo(number(fifo, "latency_stats", "p50_ms"));
        assertThat(result.summary().asMap())
                .containsKeys("request_rate", "num_requests", "policies", "best_policy_p50", "best_policy_p99", "lowest_p50", "lowest_p99");
        assertThat(number(result.summary(), "lowest_p99"))
                .isEqualTo(Math.min(
                        number(result.summary(), "policies", "fifo", "p99_ms"), number(result.summary(), "policies", "priority", "p99_ms")));
    }

    @Test
    void aMixHasPromptsAndTextsInItsRatio() {
        ExperimentResult result = finished(new MixedRatioExperiment("m", hybrid("fifo", 400, 100), List.of(0.0, 0.25, 1.0)));

        assertThat(result.results()).extracting(one -> number(one, "llm_ratio")).containsExactly(0.0, 0.25, 1.0);
        assertThat(number(result.results().get(0), "policies", "fifo", "llm_stats", "count")).isZero();
        assertThat(at(result.results().get(0), "policies", "fifo", "llm_stats", "avg_latency_ms")).isNull();
        assertThat(number(result.results().get(0), "policies", "fifo", "embedding_stats", "count")).isEqualTo(400);
        assertThat(number(result.results().get(1), "policies", "fifo", "llm_stats", "count")).isCloseTo(100, within(30.0));
        assertThat(number(result.results().get(2), "policies", "fifo", "llm_stats", "count")).isEqualTo(400);
        assertThat(result.summary().asMap())
                .containsKeys("llm_ratios", "request_rate", "policies", "optimal_ratio_by_policy", "best_overall_config", "best_throughput");
        assertThat(group(result.summary(), "policies", "fifo").asMap())
                .containsOnlyKeys("throughputs_by_ratio", "compliances_by_ratio", "max_throughput", "optimal_ratio", "avg_compliance");
        assertThat(at(result.summary(), "best_overall_config", "policy")).isEqualTo("fifo");
        assertThat(number(result.summary(), "best_overall_config", "llm_ratio"))
                .isEqualTo(number(result.summary(), "optimal_ratio_by_policy", "fifo"));
    }

    @Test
    void aMixOfOneKindOnlyCannotBeVaried() {
        assertThatThrownBy(() -> finished(new MixedRatioExperiment(llm("fifo", 10, 10)))).hasMessageContaining("there are only prompts");
    }

    @Test
    void sharesTheLoadBetweenTenantsOfUnequalDemand() {
        ExperimentResult result = finished(new FairnessExperiment(
                "f", hybrid("fifo,vtc", 600, 1), List.of(100.0, 500.0), Map.of("big", 0.75, "little", 0.25)));

        assertThat(result.notRun()).isEmpty();
        Fields overload = result.results().getLast();
        assertThat(number(overload, "policies", "fifo", "tenants", "big", "total_requests")).isCloseTo(450, within(50.0));
        for (String policy : List.of("fifo", "vtc")) {
            assertThat(number(overload, "policies", policy, "jain")).isBetween(0.5, 1.0);
            assertThat(number(overload, "policies", policy, "worst_satisfaction")).isBetween(0.0, 1.0);
            assertThat(number(overload, "policies", policy, "largest_gap_tokens")).isNotNegative();
        }
        assertThat(number(overload, "policies", "vtc", "jain")).isGreaterThanOrEqualTo(number(overload, "policies", "fifo", "jain"));
        assertThat(at(result.summary(), "best_policy")).isEqualTo("vtc");
        assertThat(number(result.summary(), "at_load")).isEqualTo(500);
    }

    @Test
    void costIsThePriceOfTheEnginesForTheTokensServed() {
        BenchmarkConfig base = llm("fifo,slo_aware", 300, 100);
        var prices = new EnginePriceList(Map.of("qwen2.5-0.5b-a100", 3.6));
        ExperimentResult result = finished(new CostExperiment("c", base, List.of(1.0, 4.0), prices, 0.95));

        MeasuredAt one = result.measured().getFirst();
        assertThat(one.level()).isEqualTo("1x qwen2.5-0.5b-a100");
        var metrics = one.policy().metrics();
        double expected = 0.001 * metrics.throughput().durationSeconds() / (metrics.tokens().input() + metrics.tokens().output()) * 1000;
        assertThat(number(result.results().getFirst(), "policies", "fifo", "usd_per_1k_tokens")).isCloseTo(expected, within(1e-12));
        assertThat(number(result.results().getLast(), "usd_per_hour")).isCloseTo(14.4, within(1e-9));
        List<?> front = items(result.summary(), "front");
        assertThat(front).isNotEmpty();
        double cheaper = 0;
        double kept = -1;
        for (Object entry : front) {
            assertThat(number((Fields) entry, "usd_per_1k_tokens")).isGreaterThanOrEqualTo(cheaper);
            assertThat(number((Fields) entry, "slo_compliance")).as("who costs more keeps more").isGreaterThanOrEqualTo(kept);
            cheaper = number((Fields) entry, "usd_per_1k_tokens");
            kept = number((Fields) entry, "slo_compliance");
        }
        assertThat(at(result.summary(), "cheapest_meeting_slo", "level")).isEqualTo("4x qwen2.5-0.5b-a100");
        assertThat(result.target().description()).isEqualTo("1, 4 x qwen2.5-0.5b-a100");
    }

    @Test
    void tailsComeInTheirOrder() {
        ExperimentResult result = finished(new TailLatencyExperiment("tail", hybrid("fifo", 4000, 100), List.of(0.5, 2.0)));
        assertThat(result.results()).allSatisfy(level -> assertThat(Stream.of("p50", "p90", "p95", "p99", "p99.9")
                        .map(name -> number(level, "policies", "fifo", "percentiles", name)))
                .isSorted());
        assertThat(number(result.results().getLast(), "request_rate")).isEqualTo(200);
        assertThat(number(result.summary(), "policies", "fifo", "p99_by_load_factor", "2"))
                .isGreaterThan(number(result.summary(), "policies", "fifo", "p99_by_load_factor", "0.5"));
    }

    @Test
    void aCapacityHoldsWithAllItsSeedsAndALittleMoreDoesNot() {
        var question = new CapacityQuestion(0.99, 0.1, 2, 10, Duration.ofSeconds(10));
        ExperimentResult result = finished(new CapacityExperiment("c", llm("fifo,slo_aware", 50, 10), question));

        for (String policy : List.of("fifo", "slo_aware")) {
            Fields found = group(result.summary(), "policies", policy);
            double capacity = number(found, "capacity");
            assertThat(capacity).as("three engines serve 88 a second").isBetween(40.0, 110.0);
            assertThat(number(found, "slo_compliance")).isGreaterThanOrEqualTo(0.99);
            assertThat(number(found, "missed_at") / capacity).isLessThanOrEqualTo(1.11);
            assertThat(items(found, "seeds")).hasSize(3).doesNotHaveDuplicates();
        }
        assertThat(number(result.summary(), "highest_capacity"))
                .isEqualTo(Math.max(
                        number(result.summary(), "policies", "fifo", "capacity"), number(result.summary(), "policies", "slo_aware", "capacity")));
        List<?> tries = items(result.results().getFirst(), "tries");
        assertThat(tries).allSatisfy(one -> assertThat(number((Fields) one, "num_requests"))
                .isGreaterThanOrEqualTo(10 * number((Fields) one, "request_rate")));
    }

    @Test
    void noCapacityIsFoundWherePromisesCannotBeKept() {
        var question = new CapacityQuestion(1, 0.5, 0, 1, Duration.ofSeconds(1));
        BenchmarkConfig base = llm("fifo", 20, 10);
        var slow = base.with(new BenchmarkConfig.FleetConfig(1, "llama3-8b-a100", Optional.empty()));
        ExperimentResult result = finished(new CapacityExperiment("c", slow, question));
        assertThat(at(result.summary(), "policies", "fifo", "capacity")).isNull();
        assertThat(at(result.summary(), "best_policy")).isNull();
        assertThat(result.shown().findings().getFirst()).startsWith("fifo keeps 100.0% of its promises at no rate tried, not even at ");
    }

    @Test
    void runsAtTheSameTimeGiveWhatTheyGiveAlone() {
        BenchmarkConfig base = hybrid("fifo,random,hybrid_slo", 150, 1);
        ExperimentResult together = finished(new ThroughputExperiment("t", base, List.of(80.0, 160.0, 320.0)));
        for (Point point : Point.atRates(base, List.of(80.0, 160.0, 320.0))) {
            var alone = (BenchmarkResult.Measured)
                    new Benchmark().run(point.config(), BenchmarkListener.SILENT, RecordSink.NONE, new StopSignal());
            assertThat(together.measured().stream().filter(one -> one.level().equals(point.level())).map(one -> one.policy().metrics()))
                    .isEqualTo(alone.policies().stream().map(policy -> policy.metrics()).toList());
        }
    }

    @Test
    void amongAllThosePoliciesThatNeedMoreAreListedOnce() {
        ExperimentResult result = finished(new ThroughputExperiment("t", hybrid("all", 20, 1), List.of(50.0, 100.0)));
        assertThat(result.notRun()).extracting(NotRun::policy).contains("vtc").doesNotHaveDuplicates().doesNotContain("fifo");
    }

    @Test
    void anInterruptKeepsWhatWasMeasuredWhole() {
        var stop = new StopSignal();
        var listener = new BenchmarkListener() {
            @Override
            public void position(String what, int ended, int all) {
                if (ended == 1) {
                    stop.request();
                }
            }
        };
        BenchmarkConfig base = hybrid("fifo", 100, 1);
        Outcome outcome = new ThroughputExperiment("t", base, Stream.iterate(10.0, rate -> rate + 1).limit(50).toList())
                .run(Bases.with(new Benchmark(), listener, stop));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Finished.class, finished -> {
            assertThat(finished.result().interrupted()).isTrue();
            assertThat(finished.result().success()).isFalse();
            assertThat(finished.result().error()).hasValueSatisfying(error -> assertThat(error).startsWith("interrupted"));
            assertThat(finished.result().measured()).isNotEmpty().hasSizeLessThan(50).allSatisfy(one ->
                    assertThat(one.policy().metrics().counts().total()).isEqualTo(100));
        });
    }

    @Test
    void nothingIsMeasuredAfterAnInterruptAtOnce() {
        var stop = new StopSignal();
        stop.request();
        for (Experiment experiment : List.of(
                new LatencyExperiment(hybrid("fifo", 10, 10)), new CapacityExperiment(hybrid("fifo", 10, 10)))) {
            assertThat(experiment.run(Bases.with(new Benchmark(), BenchmarkListener.SILENT, stop)))
                    .isInstanceOfSatisfying(Outcome.NothingMeasured.class, nothing -> assertThat(nothing.interrupted()).isTrue());
        }
    }
}
