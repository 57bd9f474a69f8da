package io.sagebench.controlplane;

import io.sagebench.policy.Policies;
import io.sagebench.policy.Policy;
import io.sagebench.policy.PolicyContext;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.policy.PolicyParameters;
import io.sagebench.random.Seed;
import java.util.Map;
import java.util.Optional;

/// The policy that decides now, under which name and parameters, and how often it was switched. Each activation has a fresh policy and chance
/// of its own.
final class PolicyInForce {
    private final Policies policies;
    private final Seed seed;
    private Policy policy;
    private PolicySwitch.Active active;

    /// @throws IllegalArgumentException when there is no policy of that name
    PolicyInForce(Policies policies, String first, Seed seed) {
        this.policies = policies;
        this.seed = seed.child("policy");
        PolicyFactory factory =
                policies.named(first).orElseThrow(() -> new IllegalArgumentException("no policy is named " + first));
        var parameters = PolicyParameters.of(factory, Map.of());
        active = new PolicySwitch.Active(first, 1, parameters.asMap());
        policy = factory.create(parameters, new PolicyContext(this.seed.child(1).generator(), policies));
    }

    /// Puts a fresh policy in force, or changes nothing and says why.
    PolicySwitch switchTo(String name, Map<String, String> given) {
        Optional<PolicyFactory> factory = policies.named(name);
        if (factory.isEmpty()) {
            String known = String.join(", ", policies.all().stream().map(PolicyFactory::name).toList());
            return new PolicySwitch.Refused("unknown policy '" + name + "'; known are " + known);
        }
        PolicyParameters parameters;
        try {
            parameters = PolicyParameters.of(factory.get(), given);
        } catch (IllegalArgumentException wrong) {
            return new PolicySwitch.Refused(String.valueOf(wrong.getMessage()));
        }
        long epoch = active.epoch() + 1;
        policy = factory.get().create(parameters, new PolicyContext(seed.child(epoch).generator(), policies));
        active = new PolicySwitch.Active(name, epoch, parameters.asMap());
        return active;
    }

    Policy policy() {
        return policy;
    }

    PolicySwitch.Active active() {
        return active;
    }
}
