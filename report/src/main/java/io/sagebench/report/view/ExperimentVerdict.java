package io.sagebench.report.view;

import io.sagebench.report.view.Verdict.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an experiment found, from its documented summary.
final class ExperimentVerdict {
    private ExperimentVerdict() {}

    static Said of(ResultsView view) {
        Facts summary = view.root().at("summary");
        String type = view.root().text("experiment_type").or(() -> view.root().text("experiment_name")).orElse("");
        var why = new ArrayList<String>();
        if (!view.root().at("success").json().asBoolean(true)) {
            why.add("It is not complete: " + view.root().text("error").orElse("the file does not say why") + ".");
        }
        Optional<String> sentence =
                switch (type) {
                    case "throughput" -> best(summary, "best_policy").map(who ->
                            "The highest throughput is " + Say.number(summary.number("max_throughput")) + " requests/s, with " + who + ".");
                    case "latency" -> latency(summary);
                    case "slo_compliance", "slo" -> best(summary, "best_policy_overall").map(who ->
                            "Most requests met their SLO, over all loads, with " + who + ": at best " + Say.percent(summary.number("highest_compliance")) + ".");
                    case "mixed_ratio" -> summary.text("best_overall_config.policy").map(who -> "The highest throughput is "
                            + Say.number(summary.number("best_throughput")) + " requests/s, with " + tied(summary, "best_overall_config", who) + " and "
                            + Say.percent(summary.number("best_overall_config.llm_ratio")) + " prompts.");
                    case "fairness" -> best(summary, "best_policy").map(who -> "At " + Say.number(summary.number("at_load")) + " requests/s, tenants are served most evenly with "
                            + who + " (Jain's index " + String.format(Locale.ROOT, "%.3f", summary.number("highest_jain").orElse(Double.NaN)) + ").");
                    case "cost" -> summary.text("cheapest_meeting_slo.policy").map(who -> "The cheapest that keeps the promises is " + who + " on "
                            + summary.text("cheapest_meeting_slo.level").orElse("unknown engines") + ": "
                            + Say.percent(summary.number("cheapest_meeting_slo.slo_compliance")) + " of requests met their SLO.");
                    case "tail_latency" -> best(summary, "best_policy_p99").map(who -> "At " + Say.number(summary.number("at_load_factor"))
                            + " times the rate, the shortest tail is " + who + "'s: p99 " + Say.millis(summary.number("lowest_p99")) + ".");
                    case "capacity" -> best(summary, "best_policy").map(who -> "The highest rate at which " + Say.percent(summary.number("slo_target"))
                            + " of requests met their SLO is " + Say.number(summary.number("highest_capacity")) + " requests/s, with " + who + ".");
                    default -> Optional.empty();
                };
        return new Said(sentence.orElse("The experiment names no best policy."), why);
    }

    private static Optional<String> latency(Facts summary) {
        Optional<String> p99 = summary.text("best_policy_p99").map(_ -> "The lowest p99 is " + Say.millis(summary.number("lowest_p99")) + ", with "
                + best(summary, "best_policy_p99").orElseThrow() + ".");
        return p99.or(() -> best(summary, "best_policy_p50").map(who ->
                "The lowest median is " + Say.millis(summary.number("lowest_p50")) + ", with " + who + "; there are too few requests for a 99th percentile."));
    }

    private static Optional<String> best(Facts summary, String name) {
        return summary.text(name).map(who -> tied(summary, name, who));
    }

    private static String tied(Facts summary, String name, String who) {
        List<String> tied = summary.texts(name + "_tied");
        return tied.isEmpty() ? who : Say.list(tied) + " alike";
    }
}
