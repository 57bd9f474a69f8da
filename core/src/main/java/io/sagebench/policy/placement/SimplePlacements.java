package io.sagebench.policy.placement;

import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyParameter;
import io.sagebench.policy.PolicyParameters;
import java.util.List;

/// The placements that know nothing of a request, for policies that leave the choice.
public final class SimplePlacements {
    /// The parameter that chooses, `least_work` by default.
    public static final PolicyParameter PARAMETER = new PolicyParameter(
            "placement", "how the engine is chosen", "least_work",
            new PolicyParameter.Kind.OneOf(List.of("least_work", "p2c", "round_robin")));

    private SimplePlacements() {}

    /// The placement that [#PARAMETER] asks for.
    public static Placement of(PolicyParameters values, PolicyContext context) {
        return switch (values.word(PARAMETER.name())) {
            case "p2c" -> new PowerOfTwo(context.chance());
            case "round_robin" -> new RoundRobin();
            default -> new LeastWork();
        };
    }
}
