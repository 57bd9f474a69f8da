package io.sagebench.policy.queue;

import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.policy.Waiting;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/// Whether a policy shares capacity between tenants, for policies that leave the choice.
public final class TenantFairness {
    /// What a prompt token and an output token count by default, after Sheng et al.
    public static final double INPUT_WEIGHT = 1;

    /// See [#INPUT_WEIGHT].
    public static final double OUTPUT_WEIGHT = 2;

    /// The parameter that chooses, `none` by default.
    public static final PolicyParameter PARAMETER = new PolicyParameter(
            "fairness", "between tenants: none, or vtc (Virtual Token Counter)", "none",
            new PolicyParameter.Kind.OneOf(List.of("none", "vtc")));

    private TenantFairness() {}

    /// The queue that [#PARAMETER] asks for.
    ///
    /// @param rank  what comes before fairness, smaller first; changes only within [RequestQueue#moved]
    /// @param order among requests of a rank; requests that tie are served in the order of arrival
    public static RequestQueue queue(PolicyParameters values, ToIntFunction<Waiting> rank, Comparator<Waiting> order) {
        return values.word(PARAMETER.name()).equals("vtc")
                ? new FairQueue(rank, order, INPUT_WEIGHT, OUTPUT_WEIGHT)
                : new WaitingQueue(Comparator.comparingInt(rank).thenComparing(order));
    }
}
