package io.sagebench.report.view;

import io.sagebench.report.view.Verdict.Caution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has to be known to read figures rightly.
final class Cautions {
    private final List<Caution> serious = new ArrayList<>();
    private final List<Caution> notes = new ArrayList<>();
    private final ResultsView view;

    private Cautions(ResultsView view) {
        this.view = view;
    }

    static List<Caution> of(ResultsView view) {
        var cautions = new Cautions(view);
        cautions.whole();
        view.policies().forEach(cautions::policy);
        cautions.notCompleted();
        cautions.fewSamples();
        cautions.pooledNotes();
        var all = new ArrayList<>(cautions.serious);
        all.addAll(cautions.notes);
        return all;
    }

    private void whole() {
        Facts root = view.root();
        view.gaps().forEach(gap -> warn(sentence(gap)));
        if (root.isTrue("run.interrupted")) {
            warn("Interrupted: what was in flight counts as cancelled, and the last policy has fewer requests than asked for.");
        }
        root.at("client_limited").each().forEach(one -> warn("Client limited: the load generator shaped the figures"
                + one.text("policy").map(policy -> " of " + policy).orElse("") + reasons(one.texts("reasons")) + "."));
        root.at("not_run").names().forEach(policy ->
                note(policy + " was not run: it " + root.at("not_run").named(policy).json().asString("") + "."));
        root.text("error").ifPresent(why -> warn("Not complete: " + sentence(why)));
        switch (root.text("target.kind").orElse("")) {
            case "simulated" -> note("Simulated: engines and time are computed; no server was measured.");
            case "embedded" -> note("The control plane is real and reached over HTTP; the engines behind it are simulated.");
            default -> {}
        }
        if (root.isTrue("run.simulated")) {
            note("The engine is simulated: these figures are made, and say nothing of a real one.");
        }
        Facts results = root.at("policy_results");
        results.names().forEach(policy -> results.named(policy).text("not_run").ifPresent(why -> note(policy + " was not run: it " + why + ".")));
    }

    private void policy(PolicyView policy) {
        Facts metrics = policy.metrics();
        if (metrics.text("validity.verdict").orElse("").equals("client_limited")) {
            warn("Client limited: the load generator did not keep its schedule under " + policy.name() + reasons(metrics.texts("validity.reasons"))
                    + ". Latencies may be its own.");
        }
        policy.facts().text("degraded").ifPresent(how -> warn(policy.name() + " " + how + "."));
        if (metrics.text("steady.verdict").orElse("").equals("never_steady")) {
            note(policy.name() + " was never steady: latencies went on to change to the end of the run, and depend on its length.");
        }
        if (policy.facts().isTrue("gpu_metrics.synthetic")) {
            warn("The GPU figures of " + policy.name() + " are synthetic: made up for demonstration, not measured.");
        }
        if (policy.requests().every() > 1) {
            note(policy.name() + ": distributions and time lines are drawn from every " + policy.requests().every() + "th of its "
                    + Say.number((double) policy.requests().total()) + " requests; the figures in tables are of all.");
        }
        if (policy.isCeiling()) {
            note(policy.name() + " is a bound rather than a policy: it is told how long each answer will be.");
        }
    }

    /// Policies with the same most frequent reason together.
    private void notCompleted() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (PolicyView policy : view.policies()) {
            Facts metrics = policy.metrics();
            double total = metrics.number("request_counts.total").orElse(0);
            double completed = metrics.number("request_counts.completed").orElse(0);
            if (completed < total) {
                String reason = metrics.at("errors.by_reason").names().stream().findFirst().map(first -> "; most often: " + first.replace('_', ' ')).orElse("");
                byReason.computeIfAbsent(reason, _ -> new ArrayList<>())
                        .add(policy.name() + " " + Say.number(total - completed) + " of " + Say.number(total));
            }
        }
        byReason.forEach((reason, policies) -> note("Requests that did not complete: " + String.join(", ", policies) + reason + "."));
    }

    /// Policies whose 99th percentile has no confidence interval.
    private void fewSamples() {
        var few = view.policies().stream()
                .filter(PolicyView::anyCompleted)
                .filter(policy -> policy.metrics().text("confidence.e2e_latency_ms.p99.why").isPresent())
                .map(PolicyView::name)
                .toList();
        if (!few.isEmpty()) {
            note("The 99th percentiles of " + (few.size() == view.policies().size() && few.size() > 1 ? "all policies" : Say.list(few))
                    + " rest on too few independent requests for a confidence interval: a repeat may differ much.");
        }
    }

    private void pooledNotes() {
        Map<String, List<String>> pooled = new LinkedHashMap<>();
        view.policies().forEach(policy -> policy.metrics().texts("validity.notes")
                .forEach(text -> pooled.computeIfAbsent(text, _ -> new ArrayList<>()).add(policy.name())));
        pooled.forEach((text, policies) -> note((policies.size() == view.policies().size() ? "" : Say.list(policies) + ": ") + sentence(text)));
        view.root().texts("run.notes").forEach(text -> {
            if (!view.root().isTrue("run.simulated") || !text.startsWith("simulated engine")) {
                note(sentence(text));
            }
        });
    }

    private static String reasons(List<String> reasons) {
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    private static String sentence(String text) {
        String whole = text.endsWith(".") ? text : text + ".";
        return Character.toUpperCase(whole.charAt(0)) + whole.substring(1);
    }

    private void warn(String text) {
        serious.add(new Caution(true, text));
    }

    private void note(String text) {
        notes.add(new Caution(false, text));
    }
}
