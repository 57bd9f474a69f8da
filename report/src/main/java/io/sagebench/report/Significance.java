package io.sagebench.report;

import io.sagebench.metrics.Comparison;
import io.sagebench.metrics.Finding;
import io.sagebench.metrics.Finding.Judgement;
import io.sagebench.metrics.Finding.Verdict;
import io.sagebench.metrics.Headline;
import io.sagebench.metrics.Measured;
import io.sagebench.report.BestOf.Best;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the policy that did best at something did so by more than chance. All policies had the same requests, so these are compared pair by pair.
///
/// @param title  what it was best at, as the table calls it
/// @param figure the same as a figure
/// @param best   the policy
/// @param others what is to be said of each other policy against it, with p-values corrected for their number
public record Significance(String title, Headline figure, String best, Map<String, Finding> others) {
    /// How it was tested, for a footnote.
    public static final String HOW = "Significant: better than every other at 95 % confidence; the same requests compared pair by pair, block bootstrap,"
            + " corrected for the number of policies (Holm).";

    public Significance {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /// Of each figure that has one best policy among several; none where only figures are known.
    static List<Significance> among(List<PolicyReport> candidates) {
        if (candidates.size() < 2) {
            return List.of();
        }
        BestOf best = BestOf.among(candidates);
        return Stream.of(
                        of("Throughput", Headline.THROUGHPUT, best.throughput(), candidates),
                        of("SLO Compliance", Headline.ATTAINMENT, best.sloCompliance(), candidates),
                        of("P99 Latency", Headline.P99_E2E, best.p99Latency(), candidates))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Significance> of(
            String title, Headline figure, Optional<Best> best, List<PolicyReport> candidates) {
        if (best.isEmpty() || best.get().policies().size() > 1) {
            return Optional.empty();
        }
        String name = best.get().policies().getFirst();
        Optional<Measured> leader = candidates.stream()
                .filter(policy -> policy.policy().equals(name))
                .findFirst()
                .flatMap(Significance::measured);
        var names = new ArrayList<String>();
        var findings = new ArrayList<Finding>();
        for (PolicyReport other : candidates) {
            Optional<Measured> rival = measured(other);
            if (!other.policy().equals(name) && leader.isPresent() && rival.isPresent()) {
                names.add(other.policy());
                findings.add(new Comparison(leader.get(), rival.get(), true).finding(figure));
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var corrected = Comparison.corrected(findings);
        var others = new LinkedHashMap<String, Finding>();
        for (int i = 0; i < names.size(); i++) {
            others.put(names.get(i), corrected.get(i));
        }
        return Optional.of(new Significance(title, figure, name, others));
    }

    private static Optional<Measured> measured(PolicyReport policy) {
        return Measured.of(policy.metrics(), policy.repeats());
    }

    /// The policies that are not worse by more than chance.
    public List<String> notTold() {
        return others.entrySet().stream()
                .filter(other -> other.getValue().verdict() != Verdict.WORSE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether the best is better than every other by more than chance.
    public boolean stands() {
        return notTold().isEmpty();
    }

    /// Whether anything could be tested.
    public boolean isTested() {
        return others.values().stream().anyMatch(finding -> finding.judgement() instanceof Judgement.Tested);
    }
}
