package io.sagebench.report;

import io.sagebench.metrics.RunMetrics.TokenTotals;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Whether prompts that one policy left in the servers' prefix caches made a later policy look better.
public final class CacheHygiene {
    /// By how much a later share of cached tokens may exceed the first one.
    private static final double MOST_MORE = 0.05;

    private CacheHygiene() {}

    /// The share of prompt tokens that came from a prefix cache; absent without prompt tokens.
    public static OptionalDouble cachedShare(TokenTotals tokens) {
        return tokens.input() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tokens.cachedInput() / tokens.input());
    }

    /// What is suspicious, if anything is.
    ///
    /// @param measured the policies in the order in which they were measured
    public static Optional<String> warning(List<PolicyReport> measured) {
        if (measured.size() < 2) {
            return Optional.empty();
        }
        var inOrder = measured.stream()
                .sorted(Comparator.comparing(PolicyReport::startedAt))
                .toList();
        PolicyReport first = inOrder.getFirst();
        OptionalDouble before = cachedShare(first.metrics().tokens());
        for (PolicyReport later : inOrder) {
            OptionalDouble share = cachedShare(later.metrics().tokens());
            if (before.isPresent() && share.isPresent() && share.getAsDouble() > before.getAsDouble() + MOST_MORE) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "%.0f %% of %s's prompt tokens came from the servers' prefix caches, but %.0f %% of %s's, which was measured first:"
                                + " what one policy left there may favour a later one, unless it places requests where their prefixes are",
                        share.getAsDouble() * 100,
                        later.policy(),
                        before.getAsDouble() * 100,
                        first.policy()));
            }
        }
        return Optional.empty();
    }
}
