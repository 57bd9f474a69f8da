package io.sagebench.report.view;

import io.sagebench.report.view.Verdict.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Which policy did best under one load, see [Verdict#RULE].
final class BenchmarkVerdict {
    private static final String ATTAINMENT = "slo.compliance_rate";
    private static final String P99 = "e2e_latency_ms.p99";
    private static final String NONE_PREFERRED = "no policy can be preferred";
    private static final String THROUGHPUT = "throughput.requests_per_second";

    private final ResultsView view;

    private BenchmarkVerdict(ResultsView view) {
        this.view = view;
    }

    static Said of(ResultsView view) {
        return new BenchmarkVerdict(view).said();
    }

    private Said said() {
        var working = view.candidates().stream().filter(PolicyView::anyCompleted).toList();
        if (working.isEmpty()) {
            return new Said(view.policies().isEmpty() ? "Nothing was measured." : "No request succeeded.", failures());
        }
        if (view.candidates().size() == 1) {
            return one(working.getFirst());
        }
        return several(working);
    }

    private List<String> failures() {
        var reasons = new ArrayList<String>();
        for (PolicyView policy : view.policies()) {
            Facts counts = policy.metrics().at("errors.by_reason");
            counts.names().stream().findFirst().ifPresent(reason ->
                    reasons.add("With " + policy.name() + ", most often: " + reason.replace('_', ' ') + "."));
        }
        return reasons;
    }

    private Said one(PolicyView policy) {
        Facts metrics = policy.metrics();
        String sentence = policy.name() + " completed " + Say.number(metrics.number(THROUGHPUT)) + " requests/s"
                + offered(metrics) + metrics.number(ATTAINMENT)
                        .stream()
                        .mapToObj(share -> ", and " + Say.percent(share) + " of all requests met their SLO")
                        .findFirst()
                        .orElse("") + ".";
        return new Said(sentence, List.of(latencies(policy)));
    }

    private static String offered(Facts metrics) {
        OptionalDouble offered = metrics.number("throughput.offered_requests_per_second");
        return offered.isPresent() ? " of the " + Say.number(offered.getAsDouble()) + " that were sent" : "";
    }

    private static String latencies(PolicyView policy) {
        Facts metrics = policy.metrics();
        String text = "End-to-end latency: median " + Say.millis(metrics.number("e2e_latency_ms.p50")) + ", p99 " + Say.millis(metrics.number(P99));
        OptionalDouble ttft = metrics.number("ttft_ms.p99");
        return text + (ttft.isPresent() ? "; time to first token: median " + Say.millis(metrics.number("ttft_ms.p50")) + ", p99 " + Say.millis(ttft) : "")
                + ".";
    }

    private Said several(List<PolicyView> working) {
        var ranked = working.stream()
                .filter(policy -> policy.metrics().number(ATTAINMENT).isPresent())
                .sorted(Comparator.comparingDouble((PolicyView policy) -> -policy.metrics().number(ATTAINMENT).orElseThrow()))
                .toList();
        if (ranked.isEmpty()) {
            return byP99(working, "", NONE_PREFERRED + ".");
        }
        double best = attainment(ranked.getFirst());
        var leaders = ranked.stream().filter(policy -> isTied(policy, ranked.getFirst())).toList();
        if (leaders.size() == 1) {
            return clear(ranked, best);
        }
        boolean same = leaders.stream().allMatch(policy -> attainment(policy) == best);
        String tied = same
                ? Say.percent(best) + " of requests met their SLO with " + (leaders.size() == working.size() ? "every policy" : names(leaders))
                : names(leaders) + " cannot be told apart by the share of requests that met their SLO (" + range(leaders, best) + ")";
        Optional<PolicyView> next = ranked.stream().filter(policy -> !isTied(policy, ranked.getFirst())).findFirst();
        if (next.isEmpty()) {
            return byP99(leaders, tied, NONE_PREFERRED + ": " + tied + ".");
        }
        Said said = byP99(leaders, tied, names(leaders) + " keep the most promises, and cannot be told apart: "
                + (same ? Say.percent(best) : range(leaders, best)) + " of all requests met their SLO.");
        var why = new ArrayList<>(said.why());
        why.addFirst("The next, " + next.get().name() + ", has " + Say.percent(attainment(next.get())) + ".");
        return new Said(said.sentence(), why);
    }

    private static String range(List<PolicyView> leaders, double best) {
        return Say.percent(attainment(leaders.getLast())) + " to " + Say.percent(best);
    }

    private Said clear(List<PolicyView> ranked, double best) {
        PolicyView first = ranked.getFirst();
        var why = new ArrayList<String>();
        if (ranked.size() > 1) {
            PolicyView next = ranked.get(1);
            why.add("That is " + points(best - attainment(next)) + " more than with the next, " + next.name() + " (" + Say.percent(attainment(next))
                    + "), " + (isTested(first) ? "and more than chance explains at 95 % confidence." : "but whether by more than chance was not tested."));
            queues(first, next).ifPresent(why::add);
        }
        why.add(throughput(first));
        why.add(latencies(first));
        return new Said(atLoad() + first.name() + " keeps the most promises: " + Say.percent(best) + interval(first) + " of all requests met their SLO.", why);
    }

    /// The leaders by attainment, told apart by latency if that can be done.
    ///
    /// @param tied      what they have in common, as part of a sentence; empty when attainment is not known
    /// @param otherwise what is said after the load when latency does not tell them apart
    private Said byP99(List<PolicyView> leaders, String tied, String otherwise) {
        var known = leaders.stream()
                .filter(policy -> policy.metrics().number(P99).isPresent())
                .sorted(Comparator.comparingDouble((PolicyView policy) -> policy.metrics().number(P99).orElseThrow()))
                .toList();
        if (known.isEmpty()) {
            return new Said(atLoad() + otherwise, List.of());
        }
        PolicyView first = known.getFirst();
        var beaten = beatenByP99(first);
        boolean clear = known.size() > 1 && known.stream().skip(1).allMatch(policy -> beaten.contains(policy.name()));
        var why = new ArrayList<String>();
        String range = "p99 end-to-end latency is " + Say.millis(first.metrics().number(P99)) + " with " + first.name()
                + (known.size() > 1 ? " and up to " + Say.millis(known.getLast().metrics().number(P99)) + " with " + known.getLast().name() : "");
        if (clear) {
            why.add(sentence(tied));
            why.add("Its " + range + "; the difference is more than chance explains at 95 % confidence.");
            why.add(throughput(first));
            why.removeIf(String::isEmpty);
            return new Said(atLoad() + first.name() + " answers soonest"
                    + (tied.isEmpty() ? "." : " among the policies that keep the most promises: p99 " + Say.millis(first.metrics().number(P99)) + "."), why);
        }
        why.add("The " + range + ", which is not enough to tell them apart for sure.");
        why.add("A higher load, or more requests, may show a difference.");
        return new Said(atLoad() + otherwise, why);
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private String atLoad() {
        Facts config = view.root().at("config");
        if (config.text("arrival_pattern").orElse("").equals("batch")) {
            return "With all requests sent at once, ";
        }
        OptionalDouble rate = config.number("request_rate");
        return rate.isPresent() && config.text("trace").isEmpty() ? "At " + Say.number(rate.getAsDouble()) + " requests/s, " : "Under this load, ";
    }

    private static String throughput(PolicyView policy) {
        Facts metrics = policy.metrics();
        double total = metrics.number("request_counts.total").orElse(0);
        double completed = metrics.number("request_counts.completed").orElse(0);
        return "It completed " + Say.number(metrics.number(THROUGHPUT)) + " requests/s" + offered(metrics)
                + (total > completed ? "; " + Say.percent((total - completed) / total) + " of all requests did not complete." : ".");
    }

    /// How much of the difference is waiting.
    private static Optional<String> queues(PolicyView first, PolicyView next) {
        OptionalDouble here = first.metrics().number("queue_ms.avg");
        OptionalDouble there = next.metrics().number("queue_ms.avg");
        return here.isEmpty() || there.isEmpty()
                ? Optional.empty()
                : Optional.of("Requests wait " + Say.millis(here) + " on average before an engine takes them; with " + next.name() + ", " + Say.millis(there)
                        + ".");
    }

    private static String interval(PolicyView policy) {
        OptionalDouble low = policy.metrics().number("confidence.slo_compliance_rate.low");
        OptionalDouble high = policy.metrics().number("confidence.slo_compliance_rate.high");
        return low.isEmpty() || high.isEmpty()
                ? ""
                : " (95 % confidence: " + Say.percent(low.getAsDouble()) + " to " + Say.percent(high.getAsDouble()) + ")";
    }

    private static String points(double share) {
        return Say.number(Math.round(share * 1000) / 10.0) + " points";
    }

    private static double attainment(PolicyView policy) {
        return policy.metrics().number(ATTAINMENT).orElseThrow();
    }

    private static String names(List<PolicyView> policies) {
        return Say.list(policies.stream().map(PolicyView::name).toList());
    }

    /// Whether another is not worse than the best by more than chance.
    private boolean isTied(PolicyView policy, PolicyView best) {
        if (attainment(policy) == attainment(best)) {
            return true;
        }
        Facts against = against("attainment", best.name());
        return against.isPresent() && !against.named(policy.name()).text("verdict").orElse("").equals("worse");
    }

    private boolean isTested(PolicyView best) {
        return against("attainment", best.name()).isPresent();
    }

    private List<String> beatenByP99(PolicyView best) {
        Facts against = against("p99_e2e", best.name());
        return against.names().stream()
                .filter(name -> against.named(name).text("verdict").orElse("").equals("worse"))
                .toList();
    }

    private Facts against(String figure, String best) {
        Facts tested = view.root().at("summary.significance").named(figure);
        return tested.text("best").orElse("").equals(best) ? tested.at("against") : new Facts(tested.json().path("none"));
    }
}
