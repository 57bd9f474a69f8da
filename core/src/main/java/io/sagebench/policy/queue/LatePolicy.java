package io.sagebench.policy.queue;

import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import java.util.List;
import java.util.Locale;

/// What becomes of a request that can no longer keep its promise.
public enum LatePolicy {
    /// It waits until no feasible request can use the place.
    DEMOTE,
    /// It is rejected.
    REJECT,
    /// It runs in its order.
    RUN;

    /// The parameter that chooses, [#DEMOTE] by default.
    public static final PolicyParameter PARAMETER = new PolicyParameter(
            "late_policy", "what becomes of requests that are too late", "demote",
            new PolicyParameter.Kind.OneOf(List.of("demote", "reject", "run")));

    /// What [#PARAMETER] says.
    public static LatePolicy of(PolicyParameters values) {
        return valueOf(values.word(PARAMETER.name()).toUpperCase(Locale.ROOT));
    }
}
