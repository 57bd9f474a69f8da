package io.sagebench.cli;

import io.sagebench.benchmark.calibrate.CalibrationOutcome;
import io.sagebench.engine.sim.calibration.CalibrationResult;
import io.sagebench.engine.sim.calibration.CalibrationResult.Entangled;
import io.sagebench.engine.sim.calibration.FitError;
import io.sagebench.engine.sim.calibration.Fitted;
import io.sagebench.engine.sim.calibration.Fitted.Standing;
import io.sagebench.engine.sim.calibration.Parameter;
import io.sagebench.report.terminal.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A calibration in words and tables.
///
/// @param outcome what came of it
/// @param width   columns there are
record CalibrationText(CalibrationOutcome.Fitted outcome, int width) {
    private static final double PERCENT = 100;
    private static final List<String> ERRORS =
            List.of("Error of", "Requests", "TTFT mean / p99", "TPOT mean / p99", "E2E mean / p99");

    List<String> lines() {
        CalibrationResult result = outcome.result();
        var rows = result.fitted().stream().map(CalibrationText::row).toList();
        var lines = new ArrayList<>(new Columns(List.of("Constant", "Start", "Fitted", "Sure to"), rows).lines(width));
        lines.add("");
        var errors = new LinkedHashMap<String, FitError>();
        errors.put("starting profile, held-out half", result.before());
        errors.put("fitted, half that was used", result.used());
        errors.put("fitted, held-out half", result.heldOut());
        var errorRows = errors.entrySet().stream().map(each -> errors(each.getKey(), each.getValue())).toList();
        lines.addAll(new Columns(ERRORS, errorRows).lines(width));
        lines.add("");
        errors.forEach((of, error) -> refused(of, error).ifPresent(lines::add));
        result.fitted().stream()
                .filter(fitted -> fitted.standing() == Standing.NOT_DETERMINED)
                .forEach(fitted -> lines.add(undetermined(fitted)));
        result.entangled().ifPresent(pair -> lines.add(entangled(pair)));
        lines.addAll(outcome.notes());
        while (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static List<String> row(Fitted fitted) {
        String sure = switch (fitted.standing()) {
            case FITTED -> String.format(Locale.ROOT, "%.1f %%", fitted.standardError().orElse(0) * PERCENT);
            case GIVEN -> "as the server says";
            case NOT_DETERMINED -> "not determined";
        };
        return List.of(name(fitted.parameter()), value(fitted.parameter(), fitted.start()), value(fitted.parameter(), fitted.value()), sure);
    }

    private static String name(Parameter parameter) {
        return switch (parameter) {
            case STEP -> "t0_ms: step outside the model";
            case GEMM -> "g0, g1: linear layers";
            case KV_ATTENTION -> "a_kv: decode attention";
            case PREFILL_ATTENTION -> "a_qk: prefill attention";
            case API -> "api_ms: before a request is queued";
            case KV_BLOCKS -> "num_gpu_blocks: KV cache";
        };
    }

    private static String value(Parameter parameter, double value) {
        return switch (parameter) {
            case STEP, API -> String.format(Locale.ROOT, "%.2f ms", value);
            case GEMM, KV_ATTENTION, PREFILL_ATTENTION -> String.format(Locale.ROOT, "x %.3f", value);
            case KV_BLOCKS -> Long.toString(Math.round(value));
        };
    }

    private static List<String> errors(String of, FitError error) {
        return List.of(
                of, Integer.toString(error.compared()), pair(error.ttft()), pair(error.tpot()), pair(error.endToEnd()));
    }

    /// A dash where nothing was compared: that is no error of 0.
    private static String pair(Optional<FitError.Statistics> of) {
        return of.map(each -> String.format(Locale.ROOT, "%+.1f / %+.1f %%", each.mean() * PERCENT, each.p99() * PERCENT))
                .orElse("-");
    }

    private static Optional<String> refused(String of, FitError error) {
        return error.refused() == 0
                ? Optional.empty()
                : Optional.of("Of '" + of + "' " + error.refused() + " of " + (error.refused() + error.compared())
                        + " requests are in no error: the simulated engine refuses them, since they are longer than its KV cache or max_model_len.");
    }

    private static String undetermined(Fitted fitted) {
        return fitted.parameter() == Parameter.KV_BLOCKS
                ? "num_gpu_blocks is not determined by this load, which never filled the KV cache; set it if you know it."
                : fitted.parameter().wireName() + " is not determined by this load; it is as in the starting profile.";
    }

    private static String entangled(Entangled pair) {
        return String.format(
                Locale.ROOT,
                "This load hardly tells %s from %s (correlation %.2f): their effect together is surer than either.",
                pair.one().wireName(), pair.other().wireName(), pair.correlation());
    }
}
