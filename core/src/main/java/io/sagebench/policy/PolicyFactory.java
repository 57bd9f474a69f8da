package io.sagebench.policy;

import java.util.List;
import java.util.Optional;

/// Makes a policy; found by [java.util.ServiceLoader]. One for each policy name.
public interface PolicyFactory {

    /// The stable name, for example `slo_aware`.
    String name();

    /// The rule in one line, for people.
    String rule();

    /// Several lines: the rule in full, its formula and source, its cost, and when it wins and loses.
    String explanation();

    /// The parameters it takes; none by default.
    default List<PolicyParameter> parameters() {
        return List.of();
    }

    /// Whether it is a bound rather than a policy: it knows what no scheduler knows, such as how long answers will be. It is shown as a ceiling,
    /// and never as a candidate.
    default boolean isCeiling() {
        return false;
    }

    /// Whether it treats prompts and texts to embed by rules of their own.
    default boolean tellsTypesApart() {
        return false;
    }

    /// What it needs that is not offered, in words that follow "needs": it must not be run then, since it would be another policy in effect.
    /// Empty when nothing is missing.
    default Optional<String> missing(Offer offer) {
        return Optional.empty();
    }

    /// A fresh policy.
    ///
    /// @param values one value for each parameter, checked
    Policy create(PolicyParameters values, PolicyContext context);
}
