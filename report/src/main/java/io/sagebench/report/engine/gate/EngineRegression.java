package io.sagebench.report.engine.gate;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineSummary;
import io.sagebench.report.engine.RepeatedFigure;
import io.sagebench.report.engine.gate.EngineChange.Verdict;
import io.sagebench.statistics.Difference;
import io.sagebench.statistics.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A run of the engine benchmark held against an earlier one.
///
/// A figure that got worse by more than a threshold counts only when it did so by more than chance, where that can be known: with three or more
/// repeats on both sides, Welch's test of the logarithms of their figures (of shares: of the figures), corrected for the number of figures by
/// Holm's rule. With fewer repeats the threshold alone decides, and [#knowsNoise] says so.
///
/// @param rule    what was allowed
/// @param changes figure by figure, workload by workload
public record EngineRegression(RegressionRule rule, List<EngineChange> changes) {
    private static final double LEVEL = 0.95;
    /// 1.05 - 1 is more than 0.05 in binary.
    private static final double ROUNDING = 1e-9;

    public EngineRegression {
        changes = List.copyOf(changes);
    }

    /// Compares the workloads that both have; [BaselineCheck] tells whether they may be compared at all.
    public static EngineRegression between(EngineSummary baseline, EngineSummary now, RegressionRule rule) {
        var found = new ArrayList<Found>();
        baseline.workloads().forEach((workload, before) -> {
            EngineMetrics after = now.workloads().get(workload);
            if (after != null) {
                for (String figure : rule.figures()) {
                    EngineField field = EngineFields.named(figure).orElseThrow(() -> new IllegalArgumentException("no field " + figure));
                    found.add(found(workload, field, before, after, repeats(baseline, workload), repeats(now, workload)));
                }
            }
        });
        return new EngineRegression(rule, judged(found, rule));
    }

    private static List<EngineMetrics> repeats(EngineSummary summary, String workload) {
        return summary.repeats().getOrDefault(workload, List.of());
    }

    /// The changes that fail a gate.
    ///
    /// @param strict whether warnings do, too
    public List<EngineChange> failures(boolean strict) {
        return changes.stream()
                .filter(change -> switch (change.verdict()) {
                    case CRITICAL, LOST -> true;
                    case WARNING -> strict;
                    case OK, IMPROVED, NOISE, EXPECTED, UNKNOWN -> false;
                })
                .toList();
    }

    /// Whether there were enough repeats to tell a change from chance.
    public boolean knowsNoise() {
        return changes.stream().anyMatch(change -> change.interval().isPresent());
    }

    private record Found(EngineChange change, Optional<Difference> difference) {}

    private static Found found(
            String workload,
            EngineField field,
            EngineMetrics before,
            EngineMetrics after,
            List<EngineMetrics> repeatsBefore,
            List<EngineMetrics> repeatsAfter) {
        var figure = new RepeatedFigure(field);
        OptionalDouble was = before.value(field.key());
        OptionalDouble is = after.value(field.key());
        Optional<Difference> difference = figure.apart(repeatsBefore, repeatsAfter);
        return new Found(
                new EngineChange(
                        workload,
                        field,
                        was,
                        is,
                        figure.worsening(was, is),
                        difference.map(each -> figure.interval(each, LEVEL)),
                        Verdict.UNKNOWN),
                difference);
    }

    private static List<EngineChange> judged(List<Found> found, RegressionRule rule) {
        double[] pValues = Holm.adjusted(
                found.stream().flatMap(each -> each.difference().stream()).mapToDouble(Difference::pValue).toArray());
        var judged = new ArrayList<EngineChange>();
        int next = 0;
        for (Found each : found) {
            boolean isChance = each.difference().isPresent() && pValues[next++] > 1 - LEVEL;
            EngineChange change = each.change();
            judged.add(new EngineChange(
                    change.workload(),
                    change.field(),
                    change.before(),
                    change.after(),
                    change.worsening(),
                    change.interval(),
                    verdict(change, isChance, rule)));
        }
        return judged;
    }

    private static Verdict verdict(EngineChange change, boolean isChance, RegressionRule rule) {
        boolean isExpected = rule.expects(change.workload(), change.field().key());
        if (change.before().isPresent() && change.after().isEmpty()) {
            return isExpected ? Verdict.EXPECTED : Verdict.LOST;
        }
        if (change.worsening().isEmpty()) {
            return Verdict.UNKNOWN;
        }
        double worsening = change.worsening().getAsDouble() - ROUNDING;
        // The first failures of all are never within what is allowed, however few they are.
        boolean isNewTrouble = change.field().key().equals("error_rate") && change.before().getAsDouble() == 0 && worsening > 0;
        if (worsening <= rule.warnAt() && !isNewTrouble) {
            return worsening < -rule.warnAt() && !isChance ? Verdict.IMPROVED : Verdict.OK;
        }
        if (isExpected) {
            return Verdict.EXPECTED;
        }
        if (isChance && !isNewTrouble) {
            return Verdict.NOISE;
        }
        return worsening > rule.criticalAt() ? Verdict.CRITICAL : Verdict.WARNING;
    }
}
