package io.sagebench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Which policies did best. Only a policy with a completed request can be best at anything; several names are a tie.
///
/// @param throughput    most completed requests per second
/// @param sloCompliance largest share of requests that kept their promises
/// @param p99Latency    smallest 99th percentile of end-to-end latency, in nanoseconds
public record BestOf(Optional<Best> throughput, Optional<Best> sloCompliance, Optional<Best> p99Latency) {

    /// The best value, and who reached it.
    ///
    /// @param policies at least one
    /// @param value    what they reached
    public record Best(List<String> policies, double value) {
        public Best {
            policies = List.copyOf(policies);
        }
    }

    /// The best of these.
    public static BestOf among(List<PolicyReport> policies) {
        return new BestOf(
                highest(policies, policy -> policy.metrics().throughput().requestsPerSecond(), 1),
                highest(policies, policy -> policy.metrics().slo().attainment(), 1),
                highest(policies, BestOf::p99, -1));
    }

    private static OptionalDouble p99(PolicyReport policy) {
        return policy.metrics().endToEnd().map(latency -> OptionalDouble.of(latency.p99())).orElse(OptionalDouble.empty());
    }

    private static Optional<Best> highest(
            List<PolicyReport> policies, Function<PolicyReport, OptionalDouble> value, int sign) {
        var comparable = policies.stream()
                .filter(policy -> policy.metrics().counts().completed() > 0)
                .filter(policy -> Double.isFinite(value.apply(policy).orElse(Double.NaN)))
                .toList();
        OptionalDouble best = comparable.stream()
                .mapToDouble(policy -> sign * value.apply(policy).orElseThrow())
                .max();
        if (best.isEmpty()) {
            return Optional.empty();
        }
        double reached = sign * best.getAsDouble();
        var names = comparable.stream()
                .filter(policy -> value.apply(policy).orElseThrow() == reached)
                .map(PolicyReport::policy)
                .toList();
        return Optional.of(new Best(names, reached));
    }
}
