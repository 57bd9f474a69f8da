package io.sagebench.controlplane;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// How evenly tenants were served, in tokens of prompts and answers of completed requests.
final class TenantShares {
    private static final int MOST_TENANTS = 1_000;

    private final Map<String, Long> tokens = new HashMap<>();

    void clear() {
        tokens.clear();
    }

    void served(Submission submission, long count) {
        String tenant = Tenants.nameOf(submission);
        boolean isCountedApart = tokens.size() < MOST_TENANTS || tokens.containsKey(tenant);
        tokens.merge(isCountedApart ? tenant : RequestGroup.OTHER, count, Long::sum);
    }

    /// Jain's index, `(sum x)^2 / (n * sum x^2)`: 1 when all got the same, 1/n when one got all. Absent for fewer than two tenants. (Jain, Chiu and
    /// Hawe: A Quantitative Measure of Fairness, 1984.)
    OptionalDouble jain() {
        if (tokens.size() < 2) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        double squares = 0;
        for (long share : tokens.values()) {
            sum += share;
            squares += (double) share * share;
        }
        return squares == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum * sum / (tokens.size() * squares));
    }
}
