package io.sagebench.report.chart.book;

import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The policies in a chart, and the sentence that says who is missing.
///
/// @param policies in the order of the file, ceilings last
/// @param note     for the caption, with a space before it; empty when all are there
record Shown(List<PolicyView> policies, String note) {
    /// More lines than this in one pair of axes cannot be told apart.
    static final int MOST_LINES = 8;

    Shown {
        policies = List.copyOf(policies);
    }

    /// All policies: for bars, which have room.
    static Shown all(ResultsView view) {
        return all(view, _ -> true);
    }

    /// All that have something to show.
    static Shown all(ResultsView view, Predicate<PolicyView> has) {
        return all(view.policies(), has);
    }

    private static Shown all(List<PolicyView> from, Predicate<PolicyView> has) {
        var policies = new ArrayList<PolicyView>();
        from.stream().filter(has).filter(policy -> !policy.isCeiling()).forEach(policies::add);
        List<PolicyView> ceilings = from.stream().filter(has).filter(PolicyView::isCeiling).toList();
        policies.addAll(ceilings);
        return new Shown(policies, ceilings.isEmpty() ? "" : " Ceilings, not candidates: " + names(ceilings) + ".");
    }

    /// Those for lines: all when they are few, else the best of the candidates.
    static Shown leading(ResultsView view, Predicate<PolicyView> has) {
        return leading(view.policies(), has);
    }

    static Shown leading(List<PolicyView> from, Predicate<PolicyView> has) {
        Shown all = all(from, has);
        if (all.policies.size() <= MOST_LINES) {
            return all;
        }
        List<PolicyView> candidates = all.policies.stream().filter(policy -> !policy.isCeiling()).toList();
        if (candidates.size() <= MOST_LINES) {
            return new Shown(candidates, " Left out for room: the ceilings.");
        }
        List<PolicyView> best = candidates.stream().sorted(BEST_FIRST).limit(MOST_LINES).toList();
        return new Shown(
                candidates.stream().filter(best::contains).toList(),
                " Of " + all.policies.size() + " policies, the " + MOST_LINES + " candidates that met their service level most often, then fastest.");
    }

    private static final Comparator<PolicyView> BEST_FIRST = Comparator
            .comparingDouble((PolicyView policy) -> -policy.metrics().number("slo.compliance_rate").orElse(-1))
            .thenComparingDouble(policy -> -policy.metrics().number("throughput.goodput_rps").orElse(-1))
            .thenComparingDouble(policy -> policy.metrics().number("e2e_latency_ms.p99").orElse(Double.MAX_VALUE));

    boolean isEmpty() {
        return policies.isEmpty();
    }

    List<String> names() {
        return policies.stream().map(PolicyView::name).toList();
    }

    private static String names(List<PolicyView> policies) {
        return policies.stream().map(PolicyView::name).collect(Collectors.joining(", "));
    }

    /// What to say when requests are a sample; empty when all of them are there.
    String sampled() {
        int every = policies.stream().map(PolicyView::requests).mapToInt(Requests::every).max().orElse(1);
        return every == 1 ? "" : " Of each policy every " + every + "th request.";
    }
}
