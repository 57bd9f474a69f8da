package io.sagebench.report.chart.book;

import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The `results` of an experiment that sets one thing to several levels.
///
/// @param level  which one
/// @param facts  what it says of one policy there
/// @param common what it says of the level as a whole
record Levels(OptionalDouble level, Facts facts, Facts common) {

    /// By policy, in the order of the file.
    static Map<String, List<Levels>> byPolicy(ResultsView view, String key) {
        var byPolicy = new LinkedHashMap<String, List<Levels>>();
        for (Facts result : view.root().at("results").each()) {
            Facts policies = result.at("policies");
            for (String policy : policies.names()) {
                byPolicy.computeIfAbsent(policy, _ -> new ArrayList<>()).add(new Levels(result.number(key), policies.named(policy), result));
            }
        }
        return byPolicy;
    }

    /// Curves over the levels; when there are too many, of the policies that met their service level most often.
    static Curves<Levels> curves(ResultsView view, String key, String merit) {
        return Curves.of(byPolicy(view, key), Levels::level, point -> point.facts.number(merit), "the highest " + merit + " over all levels");
    }

    OptionalDouble number(String path) {
        return facts.number(path);
    }
}
