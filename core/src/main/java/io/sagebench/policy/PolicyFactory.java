package io.sagebench.policy;

import java.util.List;
import java.util.random.RandomGenerator;

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

    /// A fresh policy.
    ///
    /// @param values one value for each parameter, checked
    /// @param chance made from the run's seed
    Policy create(PolicyParameters values, RandomGenerator chance);
}
