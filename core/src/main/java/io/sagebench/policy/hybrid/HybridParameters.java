package io.sagebench.policy.hybrid;

import io.sagebench.policy.Offer;
import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameter.Kind;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.hybrid.HybridPolicy.Precedence;
import io.sagebench.request.RequestType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `hybrid` and `hybrid_slo` have in common: their parameters, by the names of the upstream configuration, and the parts made from them.
final class HybridParameters {
    /// The policies that may serve the prompts: those that serve any prompt by itself.
    static final List<String> FOR_PROMPTS = List.of("adaptive", "fifo", "priority", "slo_aware");

    private final PolicyParameters values;

    HybridParameters(PolicyParameters values) {
        this.values = values;
    }

    /// All of them.
    static List<PolicyParameter> all() {
        return List.of(
                new PolicyParameter("embedding_batch_size", "most texts sent by one call", "32", new Kind.Numeric(1, 2_048)),
                new PolicyParameter(
                        "embedding_token_budget", "most tokens sent by one call", "16384", new Kind.Numeric(1, 1e9)),
                new PolicyParameter(
                        "embedding_priority", "who goes first on engines that serve both: texts (high), prompts (low), or by share", "normal",
                        new Kind.OneOf(List.of("high", "normal", "low", "adaptive"))),
                new PolicyParameter("llm_fallback_policy", "the policy that serves the prompts", "adaptive", new Kind.OneOf(FOR_PROMPTS)),
                new PolicyParameter(
                        "hybrid_instance_ratio", "share of an engine that serves both for prompts, from 0 to 1", "0.7", new Kind.Numeric(0, 1)),
                new PolicyParameter(
                        "enable_embedding_batching", "whether texts are sent together at all", "true", new Kind.OneOf(List.of("true", "false"))),
                new PolicyParameter("max_embedding_wait_ms", "longest wait for a fuller batch, in ms", "50", new Kind.Numeric(0, 1e6)),
                new PolicyParameter(
                        "min_embedding_batch_size", "fewest texts that an idle engine is begun with", "1", new Kind.Numeric(1, 2_048)),
                new PolicyParameter(
                        "prefer_specialized_instances", "whether engines that only embed go first", "true", new Kind.OneOf(List.of("true", "false"))));
    }

    /// What a policy for texts to embed needs that is not offered: without any it is only the policy for the prompts.
    static Optional<String> missing(Offer offer) {
        return offer.types().contains(RequestType.EMBEDDING) ? Optional.empty() : Optional.of("texts to embed");
    }

    BatchLimits limits() {
        return new BatchLimits(
                isTrue("enable_embedding_batching"),
                (int) values.number("embedding_batch_size"),
                (long) values.number("embedding_token_budget"),
                (int) values.number("min_embedding_batch_size"),
                isTrue("prefer_specialized_instances"));
    }

    long maxWaitNanos() {
        return Math.round(values.number("max_embedding_wait_ms") * 1e6);
    }

    double ratio() {
        return values.number("hybrid_instance_ratio");
    }

    String priority() {
        return values.word("embedding_priority");
    }

    Precedence precedence() {
        return switch (priority()) {
            case "high" -> Precedence.TEXTS;
            case "low" -> Precedence.PROMPTS;
            default -> Precedence.TURNS;
        };
    }

    /// The policy `hybrid` with these parameters.
    HybridPolicy hybrid(PolicyContext context) {
        double ratio = ratio();
        ShareRule shares = priority().equals("adaptive") ? new AdaptiveShare(ratio) : (_, _, _) -> ratio;
        var unguarded = new StepHeadroom(); // never told of any answer
        var coalescer = new EmbeddingCoalescer(limits(), new PatientUrgency(maxWaitNanos()), unguarded);
        return new HybridPolicy(forPrompts(context), () -> Long.MIN_VALUE, coalescer, precedence(), shares, new StepHeadroom());
    }

    private boolean isTrue(String name) {
        return values.word(name).equals("true");
    }

    /// The policy for the prompts with its default parameters.
    private Policy forPrompts(PolicyContext context) {
        PolicyFactory factory = named(values.word("llm_fallback_policy"), context.policies());
        return factory.create(PolicyParameters.of(factory, Map.of()), context);
    }

    private static PolicyFactory named(String name, Policies policies) {
        return policies.named(name)
                .or(() -> policies.named("slo_aware"))
                .orElseThrow(() -> new IllegalStateException("there is neither a policy " + name + " nor slo_aware"));
    }
}
