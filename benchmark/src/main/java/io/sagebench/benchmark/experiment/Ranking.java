package io.sagebench.benchmark.experiment;

import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.Fields;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who did best at something, and how well. Several are a tie; ceilings are no candidates.
///
/// @param policies at least one
/// @param value    what they reached
record Ranking(List<String> policies, double value) {
    /// When more than so many share the best figure, it tells none of them apart.
    private static final int MOST_NAMED = 4;

    Ranking {
        policies = List.copyOf(policies);
    }

    /// The policies at any of the points, in the order asked for.
    static List<String> policiesIn(List<PointResult> points) {
        Set<String> names = new LinkedHashSet<>();
        points.forEach(point -> point.policies().forEach(policy -> names.add(policy.policy())));
        return List.copyOf(names);
    }

    /// A figure of each candidate, absent where it is not known.
    static Map<String, OptionalDouble> figures(List<PointResult> points, Function<String, OptionalDouble> figure) {
        Set<String> ceilings = points.stream()
                .flatMap(point -> point.policies().stream())
                .filter(PolicyReport::isCeiling)
                .map(PolicyReport::policy)
                .collect(Collectors.toSet());
        var figures = new LinkedHashMap<String, OptionalDouble>();
        policiesIn(points).stream().filter(policy -> !ceilings.contains(policy)).forEach(policy -> figures.put(policy, figure.apply(policy)));
        return figures;
    }

    static Optional<Ranking> highest(Map<String, OptionalDouble> figures) {
        return best(figures, 1);
    }

    static Optional<Ranking> lowest(Map<String, OptionalDouble> figures) {
        return best(figures, -1);
    }

    private static Optional<Ranking> best(Map<String, OptionalDouble> figures, int sign) {
        OptionalDouble best = figures.values().stream().flatMapToDouble(OptionalDouble::stream).map(value -> sign * value).max();
        if (best.isEmpty()) {
            return Optional.empty();
        }
        double reached = sign * best.getAsDouble();
        return Optional.of(new Ranking(
                figures.entrySet().stream()
                        .filter(entry -> entry.getValue().isPresent() && entry.getValue().getAsDouble() == reached)
                        .map(Map.Entry::getKey)
                        .toList(),
                reached));
    }

    /// Puts the first of the best under `name`, and all of them under `<name>_tied` when there are several.
    static void put(Fields summary, String name, Optional<Ranking> best) {
        if (best.isEmpty()) {
            summary.unknown(name);
            return;
        }
        summary.put(name, best.get().policies().getFirst());
        if (best.get().policies().size() > 1) {
            summary.put(name + "_tied", best.get().policies());
        }
    }

    /// The value, if there is one.
    static OptionalDouble valueOf(Optional<Ranking> best) {
        return best.map(known -> OptionalDouble.of(known.value())).orElse(OptionalDouble.empty());
    }

    /// For people: all that show the same figure as the best, since what rounding hides is no reason to prefer one.
    static List<String> line(String what, Map<String, OptionalDouble> figures, Optional<Ranking> best, DoubleFunction<String> shown) {
        if (best.isEmpty()) {
            return List.of();
        }
        String figure = shown.apply(best.get().value());
        List<String> names = figures.entrySet().stream()
                .filter(entry -> entry.getValue().isPresent() && shown.apply(entry.getValue().getAsDouble()).equals(figure))
                .map(Map.Entry::getKey)
                .toList();
        String who = names.size() > MOST_NAMED ? names.size() + " policies" : String.join(", ", names);
        return List.of(what + ": " + who + (names.size() > 1 ? " tie" : "") + " (" + figure + ")");
    }
}
