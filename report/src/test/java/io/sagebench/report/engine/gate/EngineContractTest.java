package io.sagebench.report.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.engine.EngineMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineContractTest {
    private static final Map<String, Double> GOOD = Map.of(
            "total_requests", 10.0,
            "successful_requests", 10.0,
            "avg_ttft_ms", 100.0,
            "avg_tbt_ms", 20.0,
            "avg_tpot_ms", 19.5,
            "avg_throughput_tps", 50.0,
            "error_rate", 0.05,
            "peak_mem_mb", 32_768.0);

    private static EngineMetrics with(Map<String, Double> changed, String... unavailable) {
        var values = new LinkedHashMap<>(GOOD);
        values.putAll(changed);
        return new EngineMetrics(values, List.of(unavailable), Map.of(), List.of());
    }

    @Test
    void limitsThemselvesAreAllowed() {
        EngineContract.Result result = EngineContract.YEAR1.check(with(Map.of()));

        assertThat(result.passed()).isTrue();
        assertThat(result.summary()).isEqualTo("Contract YEAR1: PASSED (6/6 checks passed)");
    }

    @Test
    void oneMissedLimitFailsItAll() {
        EngineContract.Result result = EngineContract.YEAR1.check(with(Map.of("avg_ttft_ms", 100.5)));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).isEqualTo("Contract YEAR1: FAILED (5/6 checks passed)");
        assertThat(result.checks().getFirst().text()).isEqualTo("avg_ttft_ms 100.5 is not <= 100");
    }

    @Test
    void whatWasNotMeasuredFails() {
        EngineContract.Result result = EngineContract.YEAR1.check(with(Map.of("peak_mem_mb", 0.0), "peak_mem_mb"));

        assertThat(result.summary()).isEqualTo("Contract YEAR1: FAILED (5/6 checks passed)");
        assertThat(result.checks().getLast().text()).isEqualTo("peak_mem_mb was not measured (peak_mem_mb <= 32768)");
    }

    @Test
    void aRunWithoutDataFailsEveryCheckEvenThoughZeroIsBelowEveryLimit() {
        var nothing = new EngineMetrics(
                Map.of("total_requests", 0.0, "successful_requests", 0.0, "avg_ttft_ms", 0.0, "error_rate", 0.0, "peak_mem_mb", 0.0),
                List.of(),
                Map.of(),
                List.of());

        assertThat(EngineContract.YEAR1.check(nothing).checks()).noneMatch(EngineContract.Check::passed);
    }

    @Test
    void anEngineThatFailsEveryRequestFails() {
        EngineContract.Result result = EngineContract.YEAR1.check(with(Map.of("successful_requests", 0.0, "error_rate", 1.0)));

        assertThat(result.checks()).noneMatch(EngineContract.Check::passed);
        assertThat(result.checks()).anySatisfy(check -> assertThat(check.text()).isEqualTo("error_rate 1 is not <= 0.05"));
    }

    @Test
    void laterYearsAskForMore() {
        assertThat(EngineContract.YEAR2.check(with(Map.of())).passed()).isFalse();
        assertThat(EngineContract.YEAR2.clauses()).extracting(EngineContract.Clause::name).contains("prefix_hit_rate");
        assertThat(EngineContract.YEAR3.clauses()).extracting(EngineContract.Clause::text).contains("spec_accept_rate >= 0.6");
        assertThat(EngineContract.named("year3")).contains(EngineContract.YEAR3);
        assertThat(EngineContract.named("year4")).isEmpty();
    }

    @Test
    void namesOfTheLaterGenerationCount() {
        var later = with(Map.of("avg_prefix_hit_rate", 0.9, "avg_ttft_ms", 1.0, "avg_tbt_ms", 1.0, "avg_tpot_ms", 1.0,
                "avg_throughput_tps", 200.0, "error_rate", 0.0, "peak_mem_mb", 1.0));

        assertThat(EngineContract.YEAR2.check(later).passed()).isTrue();
    }

    @Test
    void isWrittenAsTheDocumentsSay() {
        assertThat(RegressionJson.tree(EngineContract.YEAR1.check(with(Map.of()))).propertyNames())
                .containsExactly("passed", "version", "checks", "details", "summary");
    }
}
