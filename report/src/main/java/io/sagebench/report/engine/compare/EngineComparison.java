package io.sagebench.report.engine.compare;

import io.sagebench.report.engine.EngineField;
import io.sagebench.report.engine.EngineFields;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.RepeatedFigure;
import io.sagebench.statistics.Difference;
import io.sagebench.statistics.Holm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Several engines measured by the same prompts in the same rounds. The first is the baseline. An engine that failed is compared with nothing: what
/// it did not do took no time.
///
/// @param targets in the order in which they were given, at least two, each with a label of its own
/// @param rounds  how often each workload was measured on each
public record EngineComparison(List<TargetResult> targets, int rounds) {
    private static final double LEVEL = 0.95;
    private static final List<String> FIGURES =
            List.of("avg_ttft_ms", "avg_tbt_ms", "avg_e2el_ms", "output_throughput_tps", "request_throughput_rps");

    public EngineComparison {
        targets = targets.stream().map(TargetResult::checked).toList();
        if (targets.size() < 2) {
            throw new IllegalArgumentException("targets must be at least two, but are " + targets.size());
        }
    }

    /// The one that the others are held against.
    public TargetResult baseline() {
        return targets.getFirst();
    }

    /// Those that did not do their work.
    public List<TargetResult> failed() {
        return targets.stream().filter(target -> !target.isUsable()).toList();
    }

    /// How each other engine that did its work differs from the baseline, by label; empty when the baseline failed. P-values are corrected over all
    /// of them.
    public Map<String, List<EngineDifference>> differences() {
        var tested = new LinkedHashMap<String, List<Tested>>();
        if (baseline().isUsable()) {
            targets.stream().skip(1).filter(TargetResult::isUsable).forEach(target -> tested.put(target.label(), tested(target)));
        }
        double[] pValues = Holm.adjusted(tested.values().stream()
                .flatMap(List::stream)
                .flatMap(each -> each.difference().stream())
                .mapToDouble(Difference::pValue)
                .toArray());
        var differences = new LinkedHashMap<String, List<EngineDifference>>();
        int next = 0;
        for (Map.Entry<String, List<Tested>> target : tested.entrySet()) {
            var found = new ArrayList<EngineDifference>();
            for (Tested each : target.getValue()) {
                found.add(each.found(each.difference().isPresent() ? OptionalDouble.of(pValues[next++]) : OptionalDouble.empty()));
            }
            differences.put(target.getKey(), List.copyOf(found));
        }
        return differences;
    }

    /// What a reader should know before the figures: simulated engines, different models, and answers of different lengths.
    public List<String> notes() {
        var notes = new ArrayList<String>();
        for (TargetResult target : targets) {
            if (target.summary().run().flatMap(run -> run.fact("simulated")).filter("true"::equals).isPresent()) {
                notes.add(target.label() + " is a simulated engine: its figures are made, and say nothing of a real one");
            }
        }
        for (TargetResult target : targets.subList(1, targets.size())) {
            if (!target.model().equals(baseline().model())) {
                notes.add(target.label() + " answered with the model " + target.model() + ", " + baseline().label() + " with "
                        + baseline().model() + ": these are not the same work");
            }
            target.summary().workloads().forEach((workload, metrics) -> {
                EngineMetrics reference = baseline().summary().workloads().get(workload);
                if (reference != null && target.isUsable() && baseline().isUsable()) {
                    long here = metrics.count("total_output_tokens");
                    long there = reference.count("total_output_tokens");
                    if (here != there) {
                        notes.add(workload + ": " + target.label() + " gave " + here + " output tokens, " + baseline().label() + " " + there
                                + ": compare the time per token, not the time per request");
                    }
                }
            });
        }
        if (rounds < RepeatedFigure.LEAST_REPEATS) {
            notes.add("with fewer than " + RepeatedFigure.LEAST_REPEATS + " rounds nothing tells a difference from chance: use --repeats 5");
        }
        return notes;
    }

    private record Tested(
            RepeatedFigure figure,
            String workload,
            OptionalDouble baseline,
            OptionalDouble value,
            Optional<Difference> difference) {

        EngineDifference found(OptionalDouble pValue) {
            return new EngineDifference(
                    workload,
                    figure.field(),
                    baseline,
                    value,
                    figure.worsening(baseline, value),
                    difference.map(each -> figure.interval(each, LEVEL)),
                    pValue);
        }
    }

    private List<Tested> tested(TargetResult target) {
        var tested = new ArrayList<Tested>();
        target.summary().workloads().forEach((workload, metrics) -> {
            EngineMetrics reference = baseline().summary().workloads().get(workload);
            if (reference != null) {
                for (String key : FIGURES) {
                    EngineField field = EngineFields.named(key).orElseThrow();
                    var figure = new RepeatedFigure(field);
                    tested.add(new Tested(
                            figure,
                            workload,
                            reference.value(key),
                            metrics.value(key),
                            figure.paired(repeats(baseline(), workload), repeats(target, workload))));
                }
            }
        });
        return tested;
    }

    private static List<EngineMetrics> repeats(TargetResult target, String workload) {
        return target.summary().repeats().getOrDefault(workload, List.of());
    }
}
