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
/// @param llmThroughput most completed prompts per second
/// @param embeddingThroughput most completed requests with texts to embed per second
/// @param llmSlo        largest share of prompts that kept their promises
/// @param embeddingSlo  the same of requests with texts
public record BestOf(
        Optional<Best> throughput,
        Optional<Best> sloCompliance,
        Optional<Best> p99Latency,
        Optional<Best> llmThroughput,
        Optional<Best> embeddingThroughput,
        Optional<Best> llmSlo,
        Optional<Best> embeddingSlo) {

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
                highest(policies, BestOf::throughputOf, 1),
                highest(policies, BestOf::sloComplianceOf, 1),
                highest(policies, BestOf::p99LatencyOf, -1),
                highest(policies, policy -> ofCompleted(policy, policy.metrics().parts().llmRequestsPerSecond()), 1),
                highest(policies, policy -> ofCompleted(policy, policy.metrics().parts().embeddingRequestsPerSecond()), 1),
                highest(policies, BestOf::llmSloOf, 1),
                highest(policies, BestOf::embeddingSloOf, 1));
    }

    /// Completed requests per second; absent when not known or nothing completed.
    public static OptionalDouble throughputOf(PolicyReport policy) {
        return ofCompleted(policy, policy.metrics().throughput().requestsPerSecond());
    }

    /// Share of requests that kept their promises; absent when not known or nothing completed.
    public static OptionalDouble sloComplianceOf(PolicyReport policy) {
        return ofCompleted(policy, policy.metrics().slo().attainment());
    }

    /// Share of prompts that kept their promises; absent when not known or nothing completed.
    public static OptionalDouble llmSloOf(PolicyReport policy) {
        return ofCompleted(policy, policy.metrics().parts().llm().slo().attainment());
    }

    /// Share of requests with texts to embed that kept their promises; absent when not known or nothing completed.
    public static OptionalDouble embeddingSloOf(PolicyReport policy) {
        return ofCompleted(policy, policy.metrics().parts().embedding().slo().attainment());
    }

    /// 99th percentile of end-to-end latency, in nanoseconds; absent when not known or nothing completed.
    public static OptionalDouble p99LatencyOf(PolicyReport policy) {
        return policy.metrics()
                .endToEnd()
                .map(latency -> ofCompleted(policy, OptionalDouble.of(latency.p99())))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble ofCompleted(PolicyReport policy, OptionalDouble value) {
        return policy.metrics().counts().completed() > 0 && Double.isFinite(value.orElse(Double.NaN))
                ? value
                : OptionalDouble.empty();
    }

    private static Optional<Best> highest(
            List<PolicyReport> policies, Function<PolicyReport, OptionalDouble> value, int sign) {
        var comparable = policies.stream()
                .filter(policy -> value.apply(policy).isPresent())
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
