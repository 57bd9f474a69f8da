package io.sagebench.engine.sim.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sagebench.engine.sim.EngineProfile;
import io.sagebench.engine.sim.EngineProfiles;
import io.sagebench.engine.sim.calibration.Fitted.Standing;
import io.sagebench.random.Seed;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calibrates against engines of ours whose constants are known to the test alone.
class CalibrationTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// What is hidden: t0 and API overhead in milliseconds, factors on linear layers and both attentions, and a factor on the KV cache.
    @ParameterizedTest
    @CsvSource({
        "llama3-8b-rtx4090, 1.6, 0.8, 1.3, 1.5, 9,   0.6",
        "llama3-8b-rtx4090, 0.7, 1.2, 0.8, 0.7, 2,   1.3",
        "llama2-7b-h100,    2.5, 1.1, 1.4, 1.3, 12,  0.7",
        "qwen2.5-14b-l40s,  1.0, 0.9, 1.2, 0.8, 4,   0.5",
    })
    void findsTheConstantsThatWereHidden(
            String name, double t0, double gemm, double kv, double prefill, double api, double blocks) {
        EngineProfile start = EngineProfiles.named(name).orElseThrow();
        Map<Parameter, Double> hidden = new EnumMap<>(Map.of(
                Parameter.STEP, t0, Parameter.GEMM, gemm, Parameter.KV_ATTENTION, kv, Parameter.PREFILL_ATTENTION, prefill,
                Parameter.API, api, Parameter.KV_BLOCKS, (double) Math.round(blocks * start.kvBlocks())));
        EngineProfile truth = with(start, hidden);
        SweepPlan plan = SweepPlan.of(start, new Seed(7), LIMIT, true);
        assertThat(plan.fillsKvCache()).isTrue();
        List<LoadLevel> measured = measured(plan, truth);

        CalibrationResult result = new Calibration(start, measured, OptionalInt.empty(), new Seed(1), _ -> {}).fit();

        hidden.forEach((parameter, value) -> {
            Fitted fitted = result.of(parameter);
            assertThat(fitted.standing()).as(parameter.wireName()).isEqualTo(Standing.FITTED);
            assertThat(fitted.value()).as(parameter.wireName()).isCloseTo(value, withinPercentage(5));
        });
        assertThat(result.heldOut().ttft().orElseThrow().mean()).isBetween(-0.02, 0.02);
        assertThat(result.heldOut().endToEnd().orElseThrow().mean()).isBetween(-0.02, 0.02);
    }

    /// With measurements that scatter by 2 % the constants are as sure as the fit says they are.
    @Test
    void knowsHowSureItIs() {
        EngineProfile start = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();
        Map<Parameter, Double> hidden = Map.of(
                Parameter.STEP, 2.0, Parameter.GEMM, 1.1, Parameter.KV_ATTENTION, 1.2, Parameter.PREFILL_ATTENTION, 0.8,
                Parameter.API, 8.0, Parameter.KV_BLOCKS, 2000.0);
        var chance = new Seed(3).generator();
        List<LoadLevel> measured = measured(SweepPlan.of(start, new Seed(7), LIMIT, true), with(start, hidden)).stream()
                .map(level -> new LoadLevel(
                        level.name(), level.requests().stream().map(request -> scattered(request, chance)).toList()))
                .toList();
        CalibrationResult result = new Calibration(start, measured, OptionalInt.empty(), new Seed(1), _ -> {}).fit();
        hidden.forEach((parameter, value) -> {
            Fitted fitted = result.of(parameter);
            double error = fitted.standardError().orElse(0.15);
            assertThat(Math.log(fitted.value() / value)).as(parameter.wireName()).isBetween(-4 * error, 4 * error);
        });
        assertThat(result.of(Parameter.GEMM).value()).isCloseTo(1.1, withinPercentage(3));
        assertThat(result.of(Parameter.KV_BLOCKS).value()).isCloseTo(2000, withinPercentage(5));
    }

    private static ObservedRequest scattered(ObservedRequest request, RandomGenerator chance) {
        long firstNanos = request.sentAtNanos() + Math.round(request.ttftNanos() * (1 + 0.02 * chance.nextGaussian()));
        long spanNanos = request.lastTokenAtNanos() - request.firstTokenAtNanos();
        return new ObservedRequest(
                request.sentAtNanos(),
                request.promptTokens(),
                request.outputTokens(),
                firstNanos,
                firstNanos + Math.round(spanNanos * (1 + 0.02 * chance.nextGaussian())));
    }

    @Test
    void doesNotInventTheSizeOfACacheThatWasNeverFull() {
        EngineProfile start = EngineProfiles.named("llama3-8b-h100").orElseThrow();
        EngineProfile truth = with(start, Map.of(Parameter.STEP, 2.0, Parameter.GEMM, 1.1));
        SweepPlan plan = SweepPlan.of(start, new Seed(7), Duration.ofSeconds(20), false);
        assertThat(plan.fillsKvCache()).isFalse();
        List<LoadLevel> measured = measured(plan, truth);
        CalibrationResult result = new Calibration(start, measured, OptionalInt.empty(), new Seed(1), _ -> {}).fit();
        assertThat(result.of(Parameter.KV_BLOCKS).standing()).isEqualTo(Standing.NOT_DETERMINED);
        assertThat(result.profile().kvBlocks()).isEqualTo(start.kvBlocks());
        assertThat(result.of(Parameter.STEP).value()).isCloseTo(2, withinPercentage(5));
        assertThat(result.of(Parameter.GEMM).value()).isCloseTo(1.1, withinPercentage(5));
    }

    @Test
    void takesTheSizeThatTheServerTold() {
        EngineProfile start = EngineProfiles.named("llama3-8b-rtx4090").orElseThrow();
        List<LoadLevel> measured = LoadLevel.cut(SweepPlan.of(start, new Seed(7), LIMIT, false).levels().getFirst().forecast(start));
        CalibrationResult result = new Calibration(start, measured, OptionalInt.of(1234), new Seed(1), _ -> {}).fit();
        assertThat(result.of(Parameter.KV_BLOCKS).standing()).isEqualTo(Standing.GIVEN);
        assertThat(result.profile().kvBlocks()).isEqualTo(1234);
    }

    private static List<LoadLevel> measured(SweepPlan plan, EngineProfile truth) {
        return plan.levels().stream().flatMap(level -> LoadLevel.cut(level.forecast(truth)).stream()).toList();
    }

    private static EngineProfile with(EngineProfile start, Map<Parameter, Double> changes) {
        EngineProfile profile = start;
        for (var change : changes.entrySet()) {
            profile = change.getKey().in(profile, change.getValue());
        }
        return profile;
    }
}
